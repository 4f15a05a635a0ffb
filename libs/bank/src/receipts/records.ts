import type { Element } from './element.js';
import { UnreadableReceipt } from './receipt.js';
import { SaxWalk } from './sax-walk.js';

/** What a reader of one message hears: containers begin and end; everything else in them comes as a whole element. */
export interface RecordListener {
  begin(container: Element): void;
  record(element: Element, parent: Element): void;
  end(container: Element): void;
}

/** Elements of one record; a transaction of any bank has a few dozen. */
const PARTS_MAX = 2_000;

/**
 * Takes a document apart: `containers` are opened and closed, each of their other children is collected and handed over when it is whole.
 * The document may be any size; only one record is in memory.
 */
export class RecordReader {
  private readonly walk: SaxWalk;
  private readonly open: Element[] = [];
  private readonly counts: Map<string, number>[] = [new Map()];
  private parts = 0;

  constructor(
    private readonly containers: ReadonlySet<string>,
    private readonly listener: RecordListener,
  ) {
    this.walk = new SaxWalk({
      open: (name, _raw, attributes) => this.opened(name, attributes),
      text: (text) => {
        const top = this.open.at(-1);
        if (top !== undefined && !this.isContainer(top)) top.text += text;
      },
      close: () => this.closed(),
    });
  }

  push(text: string): void {
    this.walk.push(text);
  }

  end(): void {
    this.walk.end();
  }

  get line(): number {
    return this.walk.line;
  }

  private isContainer(element: Element): boolean {
    return this.containers.has(element.name);
  }

  private opened(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.open.at(-1);
    const inRecord = parent !== undefined && !this.isContainer(parent);
    const element: Element = {
      name,
      at: { line: this.walk.line, path: inRecord ? '' : this.pathOf(name, parent) },
      attributes,
      children: [],
      text: '',
    };
    if (inRecord) {
      parent.children.push(element);
      this.parts += 1;
      if (this.parts > PARTS_MAX)
        throw new UnreadableReceipt('too-complex', this.walk.line, {
          zh: `第 ${this.walk.line} 行：一笔记录的内容过多`,
          en: `line ${this.walk.line}: one record has too many parts`,
        });
    } else {
      this.parts = 0;
      if (this.isContainer(element)) {
        this.counts.push(new Map());
        this.listener.begin(element);
      }
    }
    this.open.push(element);
  }

  private closed(): void {
    const element = this.open.pop();
    if (element === undefined) return;
    if (this.isContainer(element)) {
      this.counts.pop();
      this.listener.end(element);
      return;
    }
    const parent = this.open.at(-1);
    if (parent !== undefined && this.isContainer(parent)) this.listener.record(element, parent);
  }

  /** `Stmt[1]/Ntry[3]`: only what repeats or holds something is named. */
  private pathOf(name: string, parent: Element | undefined): string {
    const siblings = this.counts.at(-1)!;
    const no = (siblings.get(name) ?? 0) + 1;
    siblings.set(name, no);
    return `${parent === undefined ? '' : `${parent.at.path}/`}${name}${no === 1 && parent === undefined ? '' : `[${no}]`}`;
  }
}
