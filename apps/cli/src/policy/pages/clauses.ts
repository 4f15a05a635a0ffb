import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Cite, DocumentKey, Text } from '@tranche/policies';
import { text } from '../../terminal/language.js';

/** One of the three documents, as the policies cite it. */
export type Source = {
  readonly key: DocumentKey;
  readonly doc: string;
  readonly title: Text;
  /** places that are cited without being a numbered clause */
  readonly besides: readonly string[];
  readonly file: string;
};

export const sources: readonly Source[] = [
  {
    key: '391',
    doc: '大人社发〔2020〕391号',
    title: text('大连市，2020年11月24日（文末第十四条原文不全）', 'Dalian, 24 November 2020 (its clause 十四 is cut off)'),
    besides: ['抬头'],
    file: 'dalian-2020-391.txt',
  },
  {
    key: '38',
    doc: '大人社发〔2020〕38号',
    title: text('大连市，2020年2月21日', 'Dalian, 21 February 2020'),
    besides: ['抬头', '结尾'],
    file: 'dalian-2020-38.txt',
  },
  {
    key: '25',
    doc: '辽政办发〔2020〕25号',
    title: text('辽宁省，2020年11月1日', 'Liaoning, 1 November 2020'),
    besides: [],
    file: 'liaoning-2020-25.txt',
  },
];

/** A clause by its number, such as `（八）`, with its first sentence. */
export type Clause = { readonly source: Source; readonly clause: string; readonly heading: string };

const FOLDER = fileURLToPath(new URL('../../../../../libs/policies/test/documents/', import.meta.url));
const NUMBERED: Readonly<Record<Source['key'], RegExp>> = {
  '391': /^[ \u3000]*([一二三四五六七八九十]+)、([^。\n]+)/gm,
  '38': /^[ \u3000]*(（[一二三四五六七八九十]+）)([^。\n]+)/gm,
  '25': /^[ \u3000]*(（[一二三四五六七八九十]+）)([^。\n]+)/gm,
};
const BESIDES: Readonly<Record<string, string>> = { 抬头: '主送单位', 结尾: '执行期限' };

/** Every clause of the three documents, read from their texts in the order in which they stand, so that none is forgotten. */
export const clausesOf = (documents: readonly Source[] = sources): Clause[] =>
  documents.flatMap((source) => {
    const words = readFileSync(`${FOLDER}${source.file}`, 'utf8');
    return [
      ...source.besides.filter((clause) => clause === '抬头').map((clause) => ({ source, clause, heading: BESIDES[clause] ?? '' })),
      ...[...words.matchAll(NUMBERED[source.key])].map(([, clause = '', heading = '']) => ({ source, clause, heading })),
      ...source.besides.filter((clause) => clause !== '抬头').map((clause) => ({ source, clause, heading: BESIDES[clause] ?? '' })),
    ];
  });

/** The document a citation names, if it is one of the three. */
export const sourceOf = ({ doc }: Pick<Cite, 'doc'>): Source | undefined => sources.find((source) => doc.startsWith(source.doc));
