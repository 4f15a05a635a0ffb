/** Files as banks write them, for tests: small, valid, and easy to break. Amounts in fen. */

export type BankEntry = {
  readonly direction?: 'credit' | 'debit';
  readonly fen: bigint;
  readonly on?: string;
  readonly status?: string;
  readonly reference?: string | null;
  readonly bankRef?: string | null;
  readonly name?: string;
  readonly account?: string;
  readonly remittance?: string;
  readonly returned?: string;
  readonly reversal?: boolean;
};
export type StatementFile = {
  readonly message?: 'camt.053.001.02' | 'camt.053.001.04' | 'camt.053.001.08';
  readonly id?: string;
  readonly account?: string;
  readonly on?: string;
  readonly openingFen?: bigint;
  readonly closingFen?: bigint;
  readonly page?: { readonly no: number; readonly last: boolean };
  /** further statements in the same file, as XML */
  readonly more?: string;
};

const namespace = 'urn:iso:std:iso:20022:tech:xsd:';
export const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
const amount = (fen: bigint): string => `<Amt Ccy="CNY">${yuan(fen)}</Amt>`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const optional = (name: string, text: string | null | undefined): string => (text ? `<${name}>${escaped(text)}</${name}>` : '');

/** One booked entry with one transaction. */
export function entryXml(entry: BankEntry, version: string, defaultOn = '2020-11-26'): string {
  const {
    direction = 'debit',
    fen,
    on = defaultOn,
    status = 'BOOK',
    bankRef,
    reference,
    name,
    account,
    remittance,
    returned,
    reversal,
  } = entry;
  const side = direction === 'debit' ? 'Cdtr' : 'Dbtr';
  const party = name
    ? version === '08'
      ? `<${side}><Pty><Nm>${escaped(name)}</Nm></Pty></${side}>`
      : `<${side}><Nm>${escaped(name)}</Nm></${side}>`
    : '';
  const parties =
    party || account
      ? `<RltdPties>${party}${account ? `<${side}Acct><Id><Othr><Id>${account}</Id></Othr></Id></${side}Acct>` : ''}</RltdPties>`
      : '';
  const details = `<TxDtls><Refs>${optional('AcctSvcrRef', bankRef)}${optional('EndToEndId', reference ?? 'NOTPROVIDED')}</Refs>${
    version === '02'
      ? `<AmtDtls><TxAmt>${amount(fen)}</TxAmt></AmtDtls>`
      : `${amount(fen)}<CdtDbtInd>${direction === 'debit' ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
  }${parties}${remittance ? `<RmtInf><Ustrd>${escaped(remittance)}</Ustrd></RmtInf>` : ''}${returned ? `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn><AddtlInf>账户已销户</AddtlInf></RtrInf>` : ''}</TxDtls>`;
  return `<Ntry>${amount(fen)}<CdtDbtInd>${direction === 'debit' ? 'DBIT' : 'CRDT'}</CdtDbtInd>${reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts>${
    version === '08' ? `<Cd>${status}</Cd>` : status
  }</Sts><BookgDt><Dt>${on}</Dt></BookgDt>${optional('AcctSvcrRef', bankRef)}<BkTxCd><Prtry><Cd>PMNT</Cd></Prtry></BkTxCd><NtryDtls>${details}</NtryDtls></Ntry>`;
}

const balanceXml = (code: string, fen: bigint, on: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(fen < 0n ? -fen : fen)}<CdtDbtInd>${fen < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;

export const signedFen = ({ direction = 'debit', fen, status = 'BOOK' }: BankEntry): bigint =>
  status !== 'BOOK' ? 0n : direction === 'debit' ? -fen : fen;

/** One `Stmt`. */
export function statementXml(entries: readonly BankEntry[], file: StatementFile = {}): string {
  const { message = 'camt.053.001.08', id = 'S1', account = '1001', on = '2020-11-26', openingFen = 100_000_000n, page } = file;
  const version = message.slice(-2);
  const closingFen = file.closingFen ?? entries.reduce((sum, entry) => sum + signedFen(entry), openingFen);
  const paged = page && version === '08' ? `<StmtPgntn><PgNb>${page.no}</PgNb><LastPgInd>${page.last}</LastPgInd></StmtPgntn>` : '';
  const [opening, closing] = [page && page.no > 1 ? 'ITBD' : 'OPBD', page && !page.last ? 'ITBD' : 'CLBD'];
  return `<Stmt><Id>${id}</Id>${paged}<CreDtTm>${on}T20:00:00+08:00</CreDtTm><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>${balanceXml(opening, openingFen, on)}${balanceXml(
    closing,
    closingFen,
    on,
  )}\n${entries.map((entry) => entryXml(entry, version, on)).join('\n')}</Stmt>`;
}

/** A camt.053 file of one statement, and those in `more`. */
export function statementFile(entries: readonly BankEntry[], file: StatementFile = {}): string {
  const { message = 'camt.053.001.08', id = 'S1', on = '2020-11-26', more = '' } = file;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}${message}"><BkToCstmrStmt><GrpHdr><MsgId>M${id}</MsgId><CreDtTm>${on}T20:00:00+08:00</CreDtTm></GrpHdr>${statementXml(
    entries,
    file,
  )}${more}</BkToCstmrStmt></Document>\n`;
}

/** A camt.054 file of one notification. */
export function noticeFile(entries: readonly BankEntry[], version: '02' | '04' | '08' = '08'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}camt.054.001.${version}"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N1</MsgId><CreDtTm>2020-11-26T10:00:00+08:00</CreDtTm></GrpHdr><Ntfctn><Id>N1</Id><CreDtTm>2020-11-26T10:00:00+08:00</CreDtTm><Acct><Id><Othr><Id>1001</Id></Othr></Id></Acct>${entries
    .map((entry) => entryXml(entry, version))
    .join('\n')}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n`;
}

export type BankStatus = {
  readonly reference: string;
  readonly status: string;
  readonly reason?: string;
  readonly words?: string;
  readonly fen?: bigint;
};

/** A pain.002 file; `group` and `block` are statuses of the whole. */
export function statusFile(
  statuses: readonly BankStatus[],
  more: { readonly version?: '03' | '10'; readonly group?: string; readonly block?: string; readonly messageId?: string } = {},
): string {
  const { version = '10', group, block, messageId = 'MB1' } = more;
  const one = ({ reference, status, reason, words, fen }: BankStatus) =>
    `<TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${status}</TxSts>${
      reason ? `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn>${optional('AddtlInf', words)}</StsRsnInf>` : ''
    }${fen === undefined ? '' : `<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${yuan(fen)}</InstdAmt></Amt></OrgnlTxRef>`}</TxInfAndSts>`;
  const blocks =
    statuses.length > 0 || block
      ? `<OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId>${optional('PmtInfSts', block)}${statuses.map(one).join('\n')}</OrgnlPmtInfAndSts>`
      : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}pain.002.001.${version}"><CstmrPmtStsRpt><GrpHdr><MsgId>R1</MsgId><CreDtTm>2020-11-26T10:00:00+08:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${optional('GrpSts', group)}</OrgnlGrpInfAndSts>${blocks}</CstmrPmtStsRpt></Document>\n`;
}

/** A return file (回盘) of the common template. */
export function returnFile(rows: readonly string[][], more: { readonly trailer?: string | null; readonly lineEnd?: string } = {}): string {
  const fen = rows.reduce((sum, [, amountText = '0']) => sum + BigInt(amountText.replaceAll(/\D/g, '')), 0n);
  const trailer = more.trailer === undefined ? [`合计,${rows.length},${yuan(fen)}`] : more.trailer === null ? [] : [more.trailer];
  return ['业务参考号,金额,处理结果,失败原因,入账日期', ...rows.map((row) => row.join(',')), ...trailer, ''].join(more.lineEnd ?? '\n');
}
