import { create } from 'xmlbuilder2';
import { isoOf, startOf } from './clock.js';
import type { AccountDay, Line } from './statement.js';

export const camtVersions = ['08', '02'] as const;
export type CamtVersion = (typeof camtVersions)[number];

const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
const money = (fen: bigint): object => ({ '@Ccy': 'CNY', '#': yuan(fen) });
const written = (document: object): string => create({ version: '1.0', encoding: 'UTF-8' }, document).end({ wellFormed: true });

export interface Page {
  no: number;
  last: boolean;
}

/** One page of an end-of-day statement; pages begin with the balance at which the one before ended. */
export function camt053(version: CamtVersion, day: AccountDay, page: Page, size: number): string {
  const lines = day.lines.slice((page.no - 1) * size, page.no * size);
  const before = day.lines.slice(0, (page.no - 1) * size).reduce(add, day.openingFen);
  const after = lines.reduce(add, before);
  const id = `ST${day.day.replaceAll('-', '')}${day.accountNo}`.slice(0, 35);
  return written({
    Document: {
      '@xmlns': `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}`,
      BkToCstmrStmt: {
        GrpHdr: { ...header(`${id.slice(0, 30)}P${page.no}`, day), MsgPgntn: { PgNb: String(page.no), LastPgInd: String(page.last) } },
        Stmt: {
          ...about(id, day),
          Bal: [balance(page.no === 1 ? 'OPBD' : 'ITBD', before, day.day), balance(page.last ? 'CLBD' : 'ITBD', after, day.day)],
          Ntry: lines.map((line) => entry(version, line, day.day)),
        },
      },
    },
  });
}

const add = (fen: bigint, line: Line): bigint => fen + (line.direction === 'DBIT' ? -line.fen : line.fen);

/** A notice of the day's bookings, or of what came back only. */
export function camt054(version: CamtVersion, day: AccountDay): string {
  const id = `NT${day.day.replaceAll('-', '')}${day.accountNo}`.slice(0, 35);
  return written({
    Document: {
      '@xmlns': `urn:iso:std:iso:20022:tech:xsd:camt.054.001.${version}`,
      BkToCstmrDbtCdtNtfctn: {
        GrpHdr: header(id, day),
        Ntfctn: { ...about(id, day), Ntry: day.lines.map((line) => entry(version, line, day.day)) },
      },
    },
  });
}

const evening = ({ day }: AccountDay): string => isoOf(startOf(day) + 23 * 3_600_000);
const header = (id: string, day: AccountDay): object => ({ MsgId: id, CreDtTm: evening(day) });
const about = (id: string, day: AccountDay): object => ({
  Id: id,
  ElctrncSeqNb: day.day.replaceAll('-', ''),
  CreDtTm: evening(day),
  Acct: { Id: { Othr: { Id: day.accountNo } }, Ccy: 'CNY' },
});

function balance(code: string, fen: bigint, day: string): object {
  const [amount, side] = fen < 0n ? [-fen, 'DBIT'] : [fen, 'CRDT'];
  return { Tp: { CdOrPrtry: { Cd: code } }, Amt: money(amount), CdtDbtInd: side, Dt: { Dt: day } };
}

function entry(version: CamtVersion, line: Line, day: string): object {
  const named = { Nm: line.party.name };
  const other = line.direction === 'DBIT' ? 'Cdtr' : 'Dbtr';
  const account = { Id: { Othr: { Id: line.party.accountNo } } };
  const reference = line.bankRef === '' ? {} : { AcctSvcrRef: line.bankRef };
  return {
    Amt: money(line.fen),
    CdtDbtInd: line.direction,
    Sts: version === '08' ? { Cd: 'BOOK' } : 'BOOK',
    BookgDt: { Dt: day },
    ValDt: { Dt: day },
    ...reference,
    BkTxCd: { Prtry: { Cd: line.returned === null ? 'TRF' : 'RTN' } },
    NtryDtls: {
      TxDtls: {
        Refs: {
          ...reference,
          ...(line.instrId === null ? {} : { InstrId: line.instrId }),
          ...(line.endToEndId === null ? {} : { EndToEndId: line.endToEndId }),
        },
        ...(version === '08' ? { Amt: money(line.fen), CdtDbtInd: line.direction } : {}),
        RltdPties: { [other]: version === '08' ? { Pty: named } : named, [`${other}Acct`]: account },
        ...(line.returned === null
          ? {}
          : {
              RtrInf: {
                Rsn: { Cd: line.returned.code },
                ...(line.returned.text === '' ? {} : { AddtlInf: line.returned.text.slice(0, 105) }),
              },
            }),
      },
    },
  };
}
