import { formatInstant } from '@tranche/calendar';
import { partName, renderParts, yuanOf } from './artifact.js';
import { checkOrder } from './check-order.js';
import type { BankParty, PartHeading, PartWriter, PaymentLine, RailAdapter, RailCaps } from './port.js';
import { element, text } from './xml-text.js';

/** Versions of the customer credit transfer that banks here take: the one of 2019, and the one of 2009 for older front ends. */
export const painVersions = ['pain.001.001.09', 'pain.001.001.03'] as const;
export type PainVersion = (typeof painVersions)[number];

/**
 * ISO 20022 files in the CNY profile: CNAPS member numbers, accounts as `Othr`, two decimals, sums in whole fen, one debtor account in one file.
 * What the profile does not allow is refused with its line.
 */
export function isoRail(version: PainVersion, caps: RailCaps): RailAdapter {
  const check: RailAdapter['check'] = (order) => checkOrder(order, caps);
  const writer: RailAdapter['writer'] = (heading) => writerOf(version, heading);
  return { caps, check, writer, render: (order) => renderParts(order, caps, check(order), writer) };
}

const utf8 = new TextEncoder();
const END = '</PmtInf></CstmrCdtTrfInitn></Document>';

function writerOf(version: PainVersion, heading: PartHeading): PartWriter {
  return {
    fileName: `${partName(heading)}.${version}.xml`,
    mediaType: 'application/xml',
    head: () => utf8.encode(headOf(version, heading)),
    lines: (lines) => utf8.encode(lines.map(transferOf).join('')),
    tail: () => utf8.encode(END),
  };
}

/** Everything before the first transfer. */
function headOf(version: PainVersion, heading: PartHeading): string {
  const { order, count, totalFen } = heading;
  const { initiator, debtor } = order;
  const reference = partName(heading).replaceAll('-', '');
  const sums = text('NbOfTxs', String(count)) + text('CtrlSum', yuanOf(totalFen));
  const organisation = element('OrgId', element('Othr', text('Id', initiator.uscc) + element('SchmeNm', text('Prtry', 'USCC'))));
  const day =
    version === 'pain.001.001.03' ? text('ReqdExctnDt', order.executionDate) : element('ReqdExctnDt', text('Dt', order.executionDate));
  return (
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}"><CstmrCdtTrfInitn>` +
    element(
      'GrpHdr',
      text('MsgId', `M${reference}`) +
        text('CreDtTm', formatInstant(order.createdAtMs)) +
        sums +
        element('InitgPty', text('Nm', initiator.name) + element('Id', organisation)),
    ) +
    `<PmtInf>${text('PmtInfId', `P${reference}`)}${text('PmtMtd', 'TRF')}${text('BtchBookg', 'false')}${sums}${day}` +
    element('Dbtr', text('Nm', debtor.name)) +
    element('DbtrAcct', accountOf(debtor) + text('Ccy', 'CNY')) +
    element('DbtrAgt', agentOf(debtor))
  );
}

const transferOf = (line: PaymentLine): string =>
  element(
    'CdtTrfTxInf',
    element('PmtId', text('InstrId', line.instrId) + text('EndToEndId', line.endToEndId)) +
      element('Amt', `<InstdAmt Ccy="CNY">${yuanOf(line.amountFen)}</InstdAmt>`) +
      element('CdtrAgt', agentOf(line.creditor)) +
      element('Cdtr', text('Nm', line.creditor.name)) +
      element('CdtrAcct', accountOf(line.creditor)) +
      element('Purp', text('Cd', 'GOVT')) +
      element('RmtInf', text('Ustrd', line.remittance)),
  );

const agentOf = ({ bankNo }: BankParty): string =>
  element('FinInstnId', element('ClrSysMmbId', element('ClrSysId', text('Cd', 'CNAPS')) + text('MmbId', bankNo)));

const accountOf = ({ accountNo }: BankParty): string => element('Id', element('Othr', text('Id', accountNo)));
