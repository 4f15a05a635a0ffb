import { type IsoMessage, messageOfNamespace } from '../schema/iso-messages.js';
import { UnreadableReceipt } from './receipt.js';
import { SaxWalk } from './sax-walk.js';

/** A document to check, and where its lines stand in the file. */
export type Slice = { readonly xml: string; readonly lineInFile: (line: number) => number };

/** Elements that repeat without limit. */
const repeated = new Set(['Ntry', 'TxInfAndSts', 'TxDtls']);
/** Characters of a frame: the heads of thousands of statements. */
const FRAME_MAX = 16_000_000;

/** Where an element begins: characters from the beginning of the file, line, elements open round it. */
type Place = { readonly start: number; readonly line: number; readonly depth: number };
/** From this line of the frame on, the file is `by` lines further. */
type Shift = { readonly from: number; readonly by: number };

/**
 * Cuts a document into slices that are documents of the same schema. A run of repeated elements is taken out and put into a copy of what
 * stands before it, with the open elements closed behind it; the last slice is the frame, the document without its runs. Holds a slice and
 * the frame. Throws UnreadableReceipt for what is not well-formed or none of the messages in `reads`.
 */
export class XmlSlices {
  message: IsoMessage | null = null;
  private readonly walk: SaxWalk;
  /** text from `base` on that is neither in the frame nor in a slice */
  private rest = '';
  private base = 0;
  private frame = '';
  private frameLines = 0;
  private readonly shifts: Shift[] = [{ from: 0, by: 0 }];
  private readonly open: string[] = [];
  /** the run in hand, its last element so far, and the first transaction in that one */
  private run: Place | null = null;
  private latest: Place | null = null;
  private inner: Place | null = null;
  private ready: Slice[] = [];

  constructor(
    private readonly reads: ReadonlySet<IsoMessage>,
    private readonly size: number,
  ) {
    this.walk = new SaxWalk({
      open: (name, raw, attributes) => this.opened(name, raw, attributes),
      text: () => undefined,
      close: () => this.closed(),
    });
  }

  push(text: string): void {
    this.rest += text;
    this.walk.push(text);
    // a tag that has begun may be the first of a run
    if (this.run !== null) return;
    const tag = Math.max(this.rest.lastIndexOf('<'), 0);
    this.keep(this.base + tag, this.walk.line - linesIn(this.rest.slice(tag)));
  }

  /** Slices that are ready; each is given once. */
  take(): Slice[] {
    const taken = this.ready;
    this.ready = [];
    return taken;
  }

  /** The end of the file: the frame is the last slice. */
  finish(): IsoMessage {
    this.walk.end();
    if (this.message === null) throw new UnreadableReceipt('empty', 1, { zh: '文件没有内容', en: 'the file is empty' });
    this.keep(this.base + this.rest.length, this.walk.line);
    const { shifts } = this;
    this.ready.push({ xml: this.frame, lineInFile: (line) => line + shiftOf(shifts, line) });
    return this.message;
  }

  private opened(name: string, raw: string, attributes: Readonly<Record<string, string>>): void {
    if (this.open.length === 0) this.message = this.messageOf(name, raw, attributes);
    if (repeated.has(name)) this.repeats(name);
    this.open.push(raw);
  }

  private repeats(name: string): void {
    const depth = this.open.length;
    if (this.run === null) {
      this.run = this.place(depth);
      this.keep(this.run.start, this.run.line);
      this.latest = this.run;
      this.inner = null;
    } else if (depth === this.run.depth) {
      this.latest = this.place(depth);
      this.inner = null;
    } else if (name === 'TxDtls') this.inner ??= this.place(depth);
  }

  /** Of the tag that has just been read. */
  private place(depth: number): Place {
    const end = this.walk.position - this.base;
    const start = this.rest.lastIndexOf('<', end - 1);
    return { start: this.base + start, line: this.walk.line - linesIn(this.rest.slice(start, end)), depth };
  }

  private closed(): void {
    this.open.pop();
    const { run, latest, inner } = this;
    if (run === null || latest === null) return;
    const here = this.walk.position;
    if (this.open.length === run.depth && here - run.start >= this.size) this.cut(here);
    else if (inner !== null && this.open.length === inner.depth && here - latest.start >= this.size) this.cutInside(latest, inner, here);
    else if (this.open.length < run.depth) this.giveUp(here);
  }

  /** The run ends here and is a slice. */
  private cut(end: number): void {
    const { run, frame, frameLines, shifts } = this;
    if (run === null) return;
    const before = [...shifts];
    const closing = this.open
      .toReversed()
      .map((raw) => `</${raw}>`)
      .join('');
    const lineInFile = (line: number): number => (line > frameLines ? line - frameLines - 1 + run.line : line + shiftOf(before, line));
    this.ready.push({ xml: `${frame}${this.rest.slice(0, end - this.base)}${closing}`, lineInFile });
    this.drop(end);
    this.run = null;
  }

  /** An entry that is larger than a slice: what stands before it is one, its own head goes to the frame, its transactions are runs. */
  private cutInside(latest: Place, inner: Place, end: number): void {
    const open = this.open.splice(latest.depth);
    if (this.run !== null && latest.start > this.run.start) this.cut(latest.start);
    this.open.push(...open);
    this.keep(inner.start, inner.line);
    this.run = inner;
    this.latest = inner;
    this.inner = null;
    this.cut(end);
  }

  /** What held the run ended before it was worth a slice: it stays in the frame. */
  private giveUp(end: number): void {
    this.keep(end, this.walk.line);
    this.run = null;
  }

  /** Moves the text before `until`, which stands in `line` of the file, into the frame. */
  private keep(until: number, line: number): void {
    const text = this.rest.slice(0, until - this.base);
    if (this.frame === '') this.frame = text.slice(this.walk.declarationEnd);
    else this.frame += text;
    this.frameLines = this.frame === text || text === '' ? linesIn(this.frame) : this.frameLines + linesIn(text);
    this.drop(until);
    if (this.frame.length > FRAME_MAX)
      throw new UnreadableReceipt('too-complex', line, { zh: '文件的报头过大', en: 'the heads of the file are too large' });
    const by = line - this.frameLines - 1;
    if (this.shifts.at(-1)?.by !== by) this.shifts.push({ from: this.frameLines + 1, by });
  }

  private drop(until: number): void {
    this.rest = this.rest.slice(until - this.base);
    this.base = until;
  }

  private messageOf(name: string, raw: string, attributes: Readonly<Record<string, string>>): IsoMessage {
    const namespace = attributes[raw.includes(':') ? `xmlns:${raw.split(':')[0]}` : 'xmlns'] ?? '';
    const message = name === 'Document' ? messageOfNamespace(namespace) : null;
    if (message !== null && this.reads.has(message)) return message;
    throw new UnreadableReceipt('message-unknown', this.walk.line, {
      zh: `不是可导入的报文：${name} ${namespace}`.slice(0, 200),
      en: `not a message that can be imported: ${name} ${namespace}`.slice(0, 200),
    });
  }
}

const shiftOf = (shifts: readonly Shift[], line: number): number => shifts.findLast(({ from }) => from <= line)?.by ?? 0;

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
