import { formatInstant } from '@tranche/calendar';
import { create } from 'xmlbuilder2';
import { type Part, partName, renderParts, type Written, yuanOf } from './artifact.js';
import { checkOrder } from './check-order.js';
import type { BankParty, PaymentLine, RailAdapter, RailCaps } from './port.js';

/** Versions of the customer credit transfer that banks here take: the one of 2019, and the one of 2009 for older front ends. */
export const painVersions = ['pain.001.001.09', 'pain.001.001.03'] as const;
export type PainVersion = (typeof painVersions)[number];

/**
 * ISO 20022 files in the CNY profile: CNAPS member numbers, accounts as `Othr`, two decimals, sums in whole fen, one debtor account in one file.
 * What the profile does not allow is refused with its line.
 */
export function isoRail(version: PainVersion, caps: RailCaps): RailAdapter {
  const check: RailAdapter['check'] = (order) => checkOrder(order, caps);
  return { caps, check, render: (order) => renderParts(order, caps, check(order), (part) => write(version, part)) };
}

function write(version: PainVersion, part: Part): Written {
  const xml = create({ version: '1.0', encoding: 'UTF-8' }, documentOf(version, part)).end({ wellFormed: true });
  return { fileName: `${partName(part)}.${version}.xml`, mediaType: 'application/xml', bytes: new TextEncoder().encode(xml) };
}

function documentOf(version: PainVersion, part: Part): object {
  const { order, lines, totalFen } = part;
  const { initiator, debtor } = order;
  const reference = partName(part).replaceAll('-', '');
  const sums = { NbOfTxs: String(lines.length), CtrlSum: yuanOf(totalFen) };
  const organisation = { OrgId: { Othr: { Id: initiator.uscc, SchmeNm: { Prtry: 'USCC' } } } };
  return {
    Document: {
      '@xmlns': `urn:iso:std:iso:20022:tech:xsd:${version}`,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: `M${reference}`,
          CreDtTm: formatInstant(order.createdAtMs),
          ...sums,
          InitgPty: { Nm: initiator.name, Id: organisation },
        },
        PmtInf: {
          PmtInfId: `P${reference}`,
          PmtMtd: 'TRF',
          BtchBookg: 'false',
          ...sums,
          ReqdExctnDt: version === 'pain.001.001.03' ? order.executionDate : { Dt: order.executionDate },
          Dbtr: { Nm: debtor.name },
          DbtrAcct: { ...accountOf(debtor), Ccy: 'CNY' },
          DbtrAgt: agentOf(debtor),
          CdtTrfTxInf: lines.map(transferOf),
        },
      },
    },
  };
}

function transferOf(line: PaymentLine): object {
  return {
    PmtId: { InstrId: line.instrId, EndToEndId: line.endToEndId },
    Amt: { InstdAmt: { '@Ccy': 'CNY', '#': yuanOf(line.amountFen) } },
    CdtrAgt: agentOf(line.creditor),
    Cdtr: { Nm: line.creditor.name },
    CdtrAcct: accountOf(line.creditor),
    Purp: { Cd: 'GOVT' },
    RmtInf: { Ustrd: line.remittance },
  };
}

function agentOf({ bankNo }: BankParty): object {
  return { FinInstnId: { ClrSysMmbId: { ClrSysId: { Cd: 'CNAPS' }, MmbId: bankNo } } };
}

function accountOf({ accountNo }: BankParty): object {
  return { Id: { Othr: { Id: accountNo } } };
}
