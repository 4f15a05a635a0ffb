import { expect } from '@jest/globals';
import { addDays, dateOf } from '@tranche/calendar';
import {
  decideRelease,
  decideWithdrawal,
  type House,
  handOverFile,
  legalNow,
  prepareFiles,
  proposeRelease,
  proposeWithdrawal,
  sha256Of,
  takeFile,
} from '@tranche/casework';
import { v7 } from 'uuid';
import { readPaymentFile } from '../../../../test/support/payment-file.js';
import { asOwner } from '../../../../test/support/world.js';
import { imported } from '../receipts/bank-day.js';
import { revive, type Scene } from './scene.js';
import type { Order } from './steps.js';

type BankFile = { readonly fileId: string; readonly format: string };
type FileRow = {
  readonly id: string;
  readonly batchId: string;
  readonly part: number;
  readonly name: string;
  readonly sha256: string;
  readonly format: string;
  readonly given: boolean;
  readonly withdrawn: boolean;
  readonly references: string[];
  readonly debtor: string;
  readonly debtorName: string;
  readonly debtorBank: string;
};

/** People with files: the cashier who has them written and brings them to the bank, the papers that come back, two persons who decide. */
export class FileDesk {
  /** files that two people said the bank never had: no courier brings them any more */
  private readonly lost = new Set<string>();
  /** the last day whose statements were brought in, `YYYY-MM-DD` */
  private shownUntil: string | null = null;

  constructor(private readonly scene: Omit<Scene, 'desk'>) {}

  /** Every signed batch of a file rail is written; one whose day moved is agreed to as the bank now says. */
  async prepare(house: House): Promise<void> {
    const cashier = this.scene.world.by('cashier');
    const batches = await this.scene.world.rows<{ id: string }>(
      `SELECT b.id FROM batches b WHERE rail IN ('file', 'csv') AND state IN ('approved', 'processing')
         AND EXISTS (SELECT FROM transfers t WHERE t.batch_id = b.id AND (t.state = 'approved' OR (t.state = 'submitting' AND NOT EXISTS (SELECT FROM bank_file_lines l WHERE l.transfer_id = t.id)))) ORDER BY b.id`,
    );
    for (const { id: batchId } of batches) {
      const first = await prepareFiles(house, cashier, { batchId });
      const moved = first.ok ? undefined : movedTo(first);
      if (moved) await prepareFiles(house, cashier, { batchId, executionOn: moved });
    }
  }

  /** The cashier takes each file that waits; the bank has it before, after, without, or in spite of what our books say. */
  async handOver(house: House, order: Order): Promise<void> {
    const cashier = this.scene.world.by('cashier');
    for (const file of (await this.files()).filter(({ given, withdrawn }) => !given && !withdrawn)) {
      const { batchId, part, sha256 } = file;
      const taken = await takeFile(house, cashier, { batchId, part });
      if (!taken.ok) continue;
      await this.addsUp(file, taken.content);
      if (order === 'bank-first' || order === 'bank-only') await this.bring(file, taken.content);
      if (order === 'bank-only') continue;
      const told = (executionOn?: string) =>
        house.database.transaction(cashier, (tx) =>
          handOverFile(tx, house, cashier, { batchId, part, sha256, ...(executionOn ? { executionOn } : {}) }),
        );
      const first = await told();
      const moved = first.ok ? undefined : movedTo(first);
      const known = moved ? await told(moved) : first;
      if (known.ok && order === 'books-first') await this.bring(file, taken.content);
    }
  }

  /** What was said to be with the bank, and is not all there, is brought. */
  async courier(): Promise<void> {
    const { booked } = await this.bankHas();
    for (const file of (await this.files()).filter(({ given }) => given))
      if (!file.references.every((reference) => booked.has(reference))) await this.bring(file, await this.contentOf(file));
  }

  /** Two people withdraw a file that was written and is not with the bank. */
  async withdraw(house: House, nth: number): Promise<void> {
    const waiting = (await this.absent()).filter(({ given }) => !given);
    const file = waiting[nth % Math.max(1, waiting.length)];
    if (!file) return;
    const said = await proposeWithdrawal(house, this.asks('cashier'), { ...file, evidence: '银行登记簿无此文件' });
    if (!said.ok) return;
    this.lost.add(file.id);
    await decideWithdrawal(house, this.asks('checker'), { withdrawalId: said.answer.id, decision: 'confirm' });
  }

  /** Three days without a word from the bank about what it was given. */
  async silence(): Promise<void> {
    await asOwner(
      this.scene.world,
      "UPDATE transfers SET lease_until = now() - interval '1 hour' WHERE state = 'submitted' AND lease_until > now()",
    );
  }

  /** Unknown transfers of files that the bank does not have are released by two people, once the statement of their day is closed without them. */
  async release(house: House): Promise<void> {
    for (const file of (await this.absent()).filter(({ given }) => given)) {
      const unknown = await this.scene.world.rows<{ id: string }>(
        `SELECT t.id FROM transfers t JOIN bank_file_lines l ON l.transfer_id = t.id WHERE l.bank_file_id = $1 AND t.state = 'unknown' ORDER BY t.id`,
        [file.id],
      );
      for (const { id: transferId } of unknown) {
        const said = await proposeRelease(house, this.asks('cashier'), { transferId, note: '当日对账单未见，银行无此文件' });
        if (!said.ok) continue;
        this.lost.add(file.id);
        await decideRelease(house, this.asks('checker'), { releaseId: said.answer.id, decision: 'confirm' });
      }
    }
  }

  /** What one person proposed and nobody has decided: another finds it waiting, asks the bank, and decides. */
  async decideWhatWaits(house: House): Promise<void> {
    const { booked } = await this.bankHas();
    type Waiting = { readonly id: string; readonly file: string; readonly references: readonly string[] };
    const waiting = (table: string, lines: string) =>
      this.scene.world.rows<Waiting>(
        `SELECT p.id, l.bank_file_id AS file, array_agg(t.end_to_end_id) AS references FROM ${table} p JOIN bank_file_lines l ON ${lines}
         JOIN transfers t ON t.id = l.transfer_id WHERE p.state = 'proposed' GROUP BY 1, 2 ORDER BY 1`,
      );
    const said = ({ file, references }: Waiting) => {
      if (references.some((reference) => booked.has(reference))) return { decision: 'reject' } as const;
      this.lost.add(file);
      return { decision: 'confirm' } as const;
    };
    for (const each of await waiting('bank_file_withdrawals', 'l.bank_file_id = p.bank_file_id'))
      await decideWithdrawal(house, this.asks('checker'), { withdrawalId: each.id, ...said(each) });
    for (const each of await waiting('transfer_releases', 'l.transfer_id = p.transfer_id'))
      await decideRelease(house, this.asks('checker'), { releaseId: each.id, ...said(each) });
  }

  /** What the bank says of each file it has: pain.002 in one of two versions, or the return file of a list. */
  async statuses(house: House, version: string): Promise<void> {
    // those before were answered in full: every story ends with that
    for (const { fileId, format } of (await this.bankHas()).files.slice(-3))
      await this.bringIn(house, `/files/${encodeURIComponent(fileId)}/${format === 'daifa' ? 'receipt' : `status?version=${version}`}`);
  }

  /** The statements of all days that are over, of every account: the last that came before once more, and those since. */
  async statements(house: House): Promise<void> {
    const { world } = this.scene;
    const today = await this.bankDay();
    const from =
      this.shownUntil ?? (await world.rows<{ day: string }>('SELECT min(occurred_on)::text AS day FROM case_events'))[0]?.day ?? today;
    const accounts = await world.rows<{ account: string }>(
      'SELECT DISTINCT f.debtor_account_no AS account FROM funds f JOIN disbursements d ON d.fund_id = f.id ORDER BY 1',
    );
    for (let day = from; day < today; day = addDays(day, 1)) {
      for (const { account } of accounts) await this.bringIn(house, `/statements/${account}/${day}`);
      this.shownUntil = day;
    }
  }

  /** The first morning after the day on which the bank executes what it is given now. */
  async nextMorning(): Promise<string> {
    const { world, clock } = this.scene;
    return addDays(dateOf((await legalNow(world.house)) + clock.aheadMs), 1);
  }

  private async bankDay(): Promise<string> {
    await revive(this.scene);
    const { body } = await this.scene.bank.call('GET', '/clock');
    return dateOf(Date.parse(String(body['now'])));
  }

  private async bringIn(house: House, path: string): Promise<void> {
    const paper = await fetch(`${this.scene.bank.address}${path}`).catch(() => null);
    if (paper?.ok) await imported({ ...this.scene.world, house }, new Uint8Array(await paper.arrayBuffer()), path.split('/').at(-1) ?? '');
  }

  private async bring(file: FileRow, content: Uint8Array): Promise<void> {
    if (this.lost.has(file.id)) return;
    const { name, debtor, debtorName, debtorBank } = file;
    const query = new URLSearchParams({ name, debtor, debtorName, debtorBank });
    // a bank that says nothing is asked again by the courier
    await fetch(`${this.scene.bank.address}/files?${query}`, { method: 'POST', body: Buffer.from(content) }).catch(() => undefined);
    await revive(this.scene);
  }

  /** Files of which the bank has not a single line, and will not: the bank is asked. */
  private async absent(): Promise<FileRow[]> {
    const { booked } = await this.bankHas();
    return (await this.files()).filter(({ withdrawn, references }) => !withdrawn && !references.some((reference) => booked.has(reference)));
  }

  private async bankHas(): Promise<{ readonly booked: ReadonlySet<string>; readonly files: readonly BankFile[] }> {
    await revive(this.scene);
    const { bookings } = (await this.scene.bank.call('GET', '/book')).body as { bookings: { endToEndId: string }[] };
    const { files } = (await this.scene.bank.call('GET', '/files')).body as { files: BankFile[] };
    return { booked: new Set(bookings.map(({ endToEndId }) => endToEndId)), files };
  }

  private files(): Promise<FileRow[]> {
    return this.scene.world.rows<FileRow>(
      `SELECT f.id, f.batch_id AS "batchId", p.part_no AS part, f.file_name AS name, encode(f.sha256, 'hex') AS sha256, f.kind AS format,
         EXISTS (SELECT FROM bank_file_deliveries d WHERE d.bank_file_id = f.id AND d.kind = 'handed-over') AS given,
         EXISTS (SELECT FROM bank_file_withdrawals w WHERE w.bank_file_id = f.id AND w.state <> 'rejected') AS withdrawn,
         (SELECT array_agg(t.end_to_end_id ORDER BY l.line_no) FROM bank_file_lines l JOIN transfers t ON t.id = l.transfer_id WHERE l.bank_file_id = f.id) AS references,
         u.debtor_account_no AS debtor, u.debtor_name AS "debtorName", u.debtor_bank_no AS "debtorBank"
       FROM bank_files f JOIN bank_file_parts p ON p.bank_file_id = f.id JOIN batches b ON b.id = f.batch_id JOIN funds u ON u.id = b.fund_id ORDER BY f.id`,
    );
  }

  /** A file that leaves is valid by its schema, and says by itself what two people signed: each line, their count, their sum. */
  private async addsUp({ name, format, references }: FileRow, content: Uint8Array): Promise<void> {
    const said = await readPaymentFile(format, content);
    if (said === null) return;
    const signed = await this.scene.world.rows<{ reference: string; fen: string }>(
      'SELECT end_to_end_id AS reference, amount_fen::text AS fen FROM transfers WHERE end_to_end_id = ANY($1::text[]) ORDER BY end_to_end_id',
      [references],
    );
    const total = signed.reduce((sum, { fen }) => sum + BigInt(fen), 0n);
    const lines = [...said.lines]
      .map(([reference, fen]) => ({ reference, fen: `${fen}` }))
      .sort((a, b) => (a.reference < b.reference ? -1 : 1));
    expect({ name, lines, counts: [...new Set(said.counts)], totals: [...new Set(said.totals)] }).toEqual({
      name,
      lines: signed,
      counts: [signed.length],
      totals: [total],
    });
  }

  private async contentOf({ batchId, part }: FileRow): Promise<Uint8Array> {
    const { world } = this.scene;
    const taken = await takeFile(world.house, world.by('cashier'), { batchId, part });
    if (!taken.ok) throw new Error(`not taken: ${taken.code}`);
    return taken.content;
  }

  private asks(role: 'cashier' | 'checker') {
    const key = v7();
    return { actor: this.scene.world.by(role), key, requestSha256: sha256Of({ key }) };
  }
}

/** The day named by a refusal that asks whether a later one is agreed to. */
const movedTo = ({ code, detail }: { readonly code: string; readonly detail: { readonly en: string } }): string | undefined =>
  code === 'execution-day-moved' ? /executionOn=(\d{4}-\d{2}-\d{2})/.exec(detail.en)?.[1] : undefined;
