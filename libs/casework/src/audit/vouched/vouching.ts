import type { Text } from '@tranche/policies';
import type { FindingKind } from '../findings.js';

/**
 * How a verification vouches for a table. `replay`: its rows are made again from the sealed events. `hash`: a hash that was signed or sealed covers
 * them. `rows`: other rows that are vouched for say what they must be. `constraints`: only what the database itself enforces speaks for them.
 * `nothing`: nothing does, and here is why that can be borne.
 */
export type Vouching =
  | {
      readonly by: 'replay' | 'hash' | 'rows';
      /** with what it is compared */
      readonly how: Text;
      /** the kinds of finding that name a changed, missing or added row of it */
      readonly kinds: readonly FindingKind[];
      /** columns that are not compared, each with its reason */
      readonly apart?: Readonly<Record<string, Text>>;
      /** the rows that are compared, where not all are: a condition of SQL, and what it leaves out */
      readonly only?: { readonly sql: string; readonly leaves: Text };
      /** an added row, or a deleted one, that is not found, with the reason */
      readonly unseen?: { readonly added?: Text; readonly deleted?: Text };
    }
  | { readonly by: 'constraints' | 'nothing'; readonly how: Text };

export type VouchedTables = Readonly<Record<string, Vouching>>;

export const text = (zh: string, en: string): Text => ({ zh, en });

/** Reasons that many columns share. */
export const work = text('办理中的工作状态', 'work in progress');
export const chance = text('随机编号，不由任何内容推出', 'an id that nothing is computed from');
export const when = text('记录时间，不据以办理', 'when it was written; nothing is decided by it');
export const who = text('经办人；两人办理由约束保证', 'who did it; that they are two is a constraint');
export const words = text('政策文字，仅供阅读', 'words of the policy, for reading');
export const txNumber = text('写入事务的编号，换一台服务器即不同', 'number of the writing transaction; another server has other numbers');
