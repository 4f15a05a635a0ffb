import { SaxesParser } from 'saxes';
import { UnreadableReceipt } from './receipt.js';

/** What a walk through a document tells. Names are local: without the prefix a bank may have chosen. */
export interface Walker {
  /** `raw` is the name as written; attributes as written */
  open(name: string, raw: string, attributes: Readonly<Record<string, string>>): void;
  /** character data of the innermost open element; may come in pieces */
  text(text: string): void;
  close(name: string): void;
}

/** Deepest element of an ISO 20022 message is far above. */
const DEPTH_MAX = 60;
/** Characters without an element beginning or ending: no text of a message is longer. */
const SILENT_MAX = 1_000_000;
const TEXT_MAX = 20_000;

const localOf = (raw: string): string => raw.slice(raw.indexOf(':') + 1);

/**
 * Walks through XML that comes in pieces; holds no more than the element in hand. Throws UnreadableReceipt at a DOCTYPE (before anything
 * behind it is read), at what is not well-formed (a truncated document too), and at nesting or texts beyond any message.
 */
export class SaxWalk {
  private readonly parser = new SaxesParser({ fileName: '' });
  private depth = 0;
  private silent = 0;
  private declaredAt = 0;

  constructor(walker: Walker) {
    const { parser } = this;
    parser.on('error', (error) => {
      throw new UnreadableReceipt('not-well-formed', parser.line, {
        zh: `第 ${parser.line} 行：不是完整、规范的 XML`,
        en: `line ${parser.line}: not well-formed XML (${error.message.replace(/^[^ ]*:\d+:\d+: /, '')})`,
      });
    });
    parser.on('doctype', () => {
      throw new UnreadableReceipt('doctype-refused', parser.line, {
        zh: '含有 DOCTYPE 声明，不予解析',
        en: 'it has a DOCTYPE declaration, which is never parsed',
      });
    });
    parser.on('xmldecl', () => {
      this.declaredAt = parser.position;
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.silent = 0;
      this.depth += 1;
      if (this.depth > DEPTH_MAX) throw this.tooComplex();
      walker.open(localOf(name), name, attributes as Record<string, string>);
    });
    parser.on('closetag', ({ name }) => {
      this.silent = 0;
      this.depth -= 1;
      walker.close(localOf(name));
    });
    const text = (piece: string) => {
      if (piece.length > TEXT_MAX) throw this.tooComplex();
      walker.text(piece);
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }

  push(text: string): void {
    this.silent += text.length;
    this.parser.write(text);
    if (this.silent > SILENT_MAX) throw this.tooComplex();
  }

  end(): void {
    this.parser.close();
  }

  get line(): number {
    return this.parser.line;
  }

  /** characters read so far */
  get position(): number {
    return this.parser.position;
  }

  /** where the XML declaration ended; 0 without one */
  get declarationEnd(): number {
    return this.declaredAt;
  }

  private tooComplex(): UnreadableReceipt {
    return new UnreadableReceipt('too-complex', this.parser.line, {
      zh: `第 ${this.parser.line} 行：嵌套过深或文字过长`,
      en: `line ${this.parser.line}: nested too deeply, or a text beyond any message`,
    });
  }
}
