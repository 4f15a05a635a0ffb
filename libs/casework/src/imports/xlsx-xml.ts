import { SaxesParser } from 'saxes';
import { ReadingStopped, stopReading } from './refusals.js';
import type { ByteSink } from './xlsx-archive.js';
import { stopBroken } from './xlsx-archive.js';

/** What a reader of one XML part wants to hear. Names come without their namespace prefix. */
export type XmlHandler = {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  text?(text: string): void;
  close?(name: string): void;
};

const DEPTH_MAX = 64;

/** A streaming XML reader for workbook parts: UTF-8 only, no document type, no entities of its own, limited depth. */
export function xmlReader(handler: XmlHandler): { readonly write: ByteSink; readonly end: () => void } {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  parser.on('error', stopBroken);
  parser.on('doctype', stopDoctype);
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > DEPTH_MAX) stopBroken();
    handler.open?.(localName(tag.name), (name) => attributeOf(tag.attributes, name));
  });
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close?.(localName(tag.name));
  });
  return {
    write: (chunk) => void parser.write(orBroken(() => decoder.decode(chunk, { stream: true }))),
    end: () => {
      parser.write(orBroken(() => decoder.decode()));
      parser.close();
    },
  };
}

function orBroken(decode: () => string): string {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ReadingStopped) throw error;
    return stopBroken();
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** `id` also finds `r:id`, whatever the prefix is. */
function attributeOf(attributes: Record<string, string>, name: string): string | undefined {
  if (name in attributes) return attributes[name];
  const prefixed = Object.keys(attributes).find((key) => !key.startsWith('xmlns') && localName(key) === name);
  return prefixed === undefined ? undefined : attributes[prefixed];
}

function stopDoctype(): never {
  return stopReading(
    'xml-doctype',
    '文件内部含有文档类型声明，出于安全考虑不予读取。请用表格软件另存为 .xlsx 后重新上传。',
    'The file contains a document type declaration and is not read for safety. Save it as .xlsx in a spreadsheet program and upload again.',
  );
}
