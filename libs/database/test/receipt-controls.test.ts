import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { attemptAs, person, system, useHouse } from './house.js';
import { asActor, draftBatch, requestDisbursement, submitBatch } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);
const refused = '42501';
const cashier = () => person(house.world.users.supervisor, 'cashier');
const maker = () => person(house.world.users.maker, 'maker');
const checker = () => person(house.world.users.checker, 'checker');
const run =
  (sql: string, values: readonly unknown[] = []) =>
  () =>
    house.app.query(sql, [...values]);

let file: string;
let transfer: string;
beforeAll(async () => {
  const { owner, world } = house;
  file = randomUUID();
  await owner.query(newFile(file), [world.users.supervisor]);
  const disbursement = await requestDisbursement(owner, world, 's1');
  const drafted = await draftBatch(owner, world, disbursement);
  transfer = drafted.transfer;
  await submitBatch(owner, drafted.batch, 'hash');
});

const newFile = (id: string) =>
  `INSERT INTO received_files (id, sha256, file_name, byte_count, state, received_by, received_at) VALUES ('${id}', sha256('${id}'), 'f', 1, 'received', $1, now())`;
const newLine = (id: string, more: { direction?: string; fen?: number; reference?: string; account?: string } = {}) =>
  run(
    `INSERT INTO statement_lines (id, file_id, line_no, at_line, at_path, account_no, statement_id, line_key, direction, amount_fen, booked_on, reversal, end_to_end_id)
     VALUES ($1::uuid, $2, (random() * 1e9)::int + 1, 1, 'p', $3, 's', $1::uuid::text, $4, $5, '2020-11-25', false, $6)`,
    [id, file, more.account ?? '1', more.direction ?? 'debit', more.fen ?? 10_000, more.reference ?? null],
  );

describe('a received file', () => {
  it('is brought by a cashier in the own name, begins as received, and is the same file however often it comes', async () => {
    const { users } = house.world;
    expect(await attempt(cashier(), run(newFile(randomUUID()), [users.supervisor]))).toBe('accepted');
    expect(await attempt(cashier(), run(newFile(randomUUID()), [users.checker]))).toBe(refused);
    expect(await attempt(maker(), run(newFile(randomUUID()), [users.maker]))).toBe(refused);
    expect(await attempt(system, run(newFile(file).replace(`VALUES ('${file}'`, `VALUES ('${randomUUID()}'`), [users.supervisor]))).toBe(
      'received_files_sha256_key',
    );
    const decided = newFile(randomUUID()).replace("'received'", "'imported'");
    expect(await attempt(system, run(decided, [users.supervisor]))).toMatch(/^received_files_(transition|known)$/);
  });

  it('that was set aside is decided by another person, in the own name, once', async () => {
    const { users } = house.world;
    const aside = run(`UPDATE received_files SET state = 'quarantined', format = 'camt.053.001.08', reason = '{}' WHERE id = $1`, [file]);
    const anyway = (who: string) =>
      run(`UPDATE received_files SET state = 'importing', decision = 'parse-anyway', decided_by = $2 WHERE id = $1`, [file, who]);
    const asChecker = run(`SELECT set_config('app.role', 'checker', true), set_config('app.user', $1, true)`, [users.checker]);
    const asBringer = run(`SELECT set_config('app.role', 'checker', true), set_config('app.user', $1, true)`, [users.supervisor]);
    const goOn = run(`UPDATE received_files SET state = 'importing' WHERE id = $1`, [file]);
    expect(await attempt(system, aside, goOn)).toBe('received_files_four_eyes');
    expect(await attempt(system, aside, asBringer, anyway(users.supervisor))).toMatch(/^received_files_four_eyes$/);
    expect(await attempt(system, aside, asChecker, anyway(users.maker))).toBe(refused);
    expect(await attempt(system, aside, asChecker, anyway(users.checker))).toBe('accepted');
    const refusing = run(`UPDATE received_files SET state = 'importing', decision = 'reject', decided_by = $2 WHERE id = $1`, [
      file,
      users.checker,
    ]);
    expect(await attempt(system, aside, asChecker, refusing)).toBe('received_files_four_eyes');
  });

  it('is seen by finance of the district it was brought in, and of the account it tells of', async () => {
    const { owner, app, world } = house;
    const id = randomUUID();
    await owner.query(newFile(id).replace('received_at)', 'received_at, district)').replace('now())', "now(), '210999')"), [
      world.users.supervisor,
    ]);
    const seenIn = (district: string) =>
      asActor(
        app,
        person(world.users.maker, 'maker', { district }),
        async () => (await app.query('SELECT FROM received_files WHERE id = $1', [id])).rowCount,
      );
    expect([await seenIn('210999'), await seenIn('210102'), await seenIn('210202')]).toEqual([1, 0, 0]);
    await owner.query(
      `INSERT INTO statements (id, file_id, account_no, statement_id, page_no, last_page, final, sound, line_count, credit_fen, debit_fen, recorded_at)
       VALUES (gen_random_uuid(), $1, '1', $1::uuid::text, 1, true, true, true, 0, 0, 0, now())`,
      [id],
    );
    expect([await seenIn('210999'), await seenIn('210102'), await seenIn('210202')]).toEqual([1, 1, 0]);
  });

  it('and what it says is never edited, nor written by people', async () => {
    const id = randomUUID();
    expect(await attempt(maker(), newLine(id))).toBe(refused);
    expect(await attempt(system, newLine(id), run('UPDATE statement_lines SET amount_fen = 1 WHERE id = $1', [id]))).toBe(refused);
    expect(await attempt(system, run('DELETE FROM received_file_parts'))).toBe(refused);
    await expect(house.owner.query('UPDATE matches SET rule = rule')).rejects.toMatchObject({ constraint: 'insert_only' });
  });
});

describe('a match', () => {
  const match = (line: string, kind: string, rule: string, more: { transfer?: string; proposal?: string } = {}) =>
    run(
      'INSERT INTO matches (line_id, kind, transfer_id, rule, proposal_id, matched_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, now())',
      [line, kind, more.transfer ?? null, rule, more.proposal ?? null, 'system:test'],
    );
  const proposed = (id: string, line: string, by: string) =>
    run(
      `INSERT INTO line_proposals (id, line_id, kind, note, state, proposed_by, recorded_at) VALUES ($1, $2, 'other', 'n', 'proposed', $3, now())`,
      [id, line, by],
    );
  const confirmed = (id: string, by: string) =>
    run(`UPDATE line_proposals SET state = 'confirmed', decided_by = $2 WHERE id = $1`, [id, by]);

  it('is the booking of its transfer: amount, account, direction, reference and outcome', async () => {
    const [{ reference } = { reference: '' }] = (
      await house.owner.query<{ reference: string }>('SELECT end_to_end_id AS reference FROM transfers WHERE id = $1', [transfer])
    ).rows;
    const [id] = [randomUUID()];
    // the transfer has not even been sent
    expect(await attempt(system, newLine(id, { reference }), match(id, 'settled', 'end-to-end-id', { transfer }))).toBe('matches_agree');
    expect(await attempt(system, newLine(id, { reference, fen: 10_001 }), match(id, 'settled', 'end-to-end-id', { transfer }))).toBe(
      'matches_agree',
    );
    expect(
      await attempt(system, newLine(id, { reference, direction: 'credit' }), match(id, 'returned', 'end-to-end-id', { transfer })),
    ).toBe('matches_agree');
    expect(await attempt(system, newLine(id), match(id, 'other', 'end-to-end-id'))).toBe('matches_not_guessed');
    expect(await attempt(maker(), match(id, 'other', 'end-to-end-id'))).toBe(refused);
  });

  it('by people needs two of them, saying the same of the same line', async () => {
    const { users } = house.world;
    const [line, proposal, other] = [randomUUID(), randomUUID(), randomUUID()];
    const say = proposed(proposal, line, users.maker);
    expect(await attempt(system, newLine(line), say, match(line, 'other', 'two-persons', { proposal }))).toBe('matches_by_two');
    expect(await attempt(system, newLine(line), match(line, 'other', 'two-persons'))).toBe('matches_by_two');
    expect(await attempt(system, newLine(line), say, confirmed(proposal, users.maker))).toBe('line_proposals_four_eyes');
    expect(
      await attempt(system, newLine(line), say, confirmed(proposal, users.checker), match(line, 'other', 'two-persons', { proposal })),
    ).toBe('accepted');
    expect(
      await attempt(
        system,
        newLine(line),
        newLine(other),
        say,
        confirmed(proposal, users.checker),
        match(other, 'other', 'two-persons', { proposal }),
      ),
    ).toBe('matches_by_two');
    expect(await attempt(system, newLine(line), say, run(`UPDATE line_proposals SET note = 'x' WHERE id = $1`, [proposal]))).toBe(refused);
  });

  it('that is no payment of ours is posted as what it is in the same transaction, and nothing is posted so without it', async () => {
    const { users, fund } = house.world;
    const [line, proposal, posting] = [randomUUID(), randomUUID(), randomUUID()];
    const said = (kind: string) => [
      run(
        `INSERT INTO line_proposals (id, line_id, kind, note, state, proposed_by, recorded_at) VALUES ($1, $2, $3, 'n', 'proposed', $4, now())`,
        [proposal, line, kind, users.maker],
      ),
      confirmed(proposal, users.checker),
      match(line, kind, 'two-persons', { proposal }),
    ];
    const posted = (kind: string, code: string, fen: number) => [
      run(
        `INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, district, recorded_at) VALUES ($1, $2, 'cash', 'statement.' || $3, $4, '2020-11-25', '210102', now())`,
        [posting, fund, kind, line],
      ),
      run(
        `INSERT INTO entries (posting_id, line_no, account_id, amount_fen) SELECT $1, e.no, a.id, e.fen FROM (VALUES (1, '1001', -$4::bigint), (2, $3, $4::bigint)) e(no, code, fen)
         JOIN accounts a ON a.fund_id = $2 AND a.book = 'cash' AND a.code = e.code`,
        [posting, fund, code, fen],
      ),
    ];
    const credit = newLine(line, { direction: 'credit' });
    const interest = posted('interest', '2103', -10_000);
    expect(await attempt(system, credit, ...said('interest'), ...interest)).toBe('accepted');
    expect(await attempt(system, credit, ...interest, ...said('interest'))).toBe('accepted');
    expect(await attempt(system, credit, ...said('interest'))).toBe('matches_posted');
    expect(await attempt(system, credit, ...interest)).toBe('matches_posted');
    expect(await attempt(system, credit, ...said('interest'), ...posted('interest', '2103', -9_999))).toBe('matches_posted');
    expect(await attempt(system, credit, ...said('interest'), ...posted('interest', '3001', -10_000))).toBe('matches_posted');
    expect(await attempt(system, newLine(line), ...said('interest'), ...posted('interest', '2103', 10_000))).toBe('matches_agree');
    expect(await attempt(system, newLine(line), ...said('bank-fee'), ...posted('bank-fee', '1203', 10_000))).toBe('accepted');
    // answers to what came before: there was nothing
    expect(await attempt(system, credit, ...said('bank-fee'), ...posted('bank-fee', '1203', -10_000))).toBe('matches_within');
    expect(await attempt(system, newLine(line), ...said('foreign'), ...posted('foreign', '2106', 10_000))).toBe('matches_within');
    expect(await attempt(system, credit, ...said('foreign'), ...posted('foreign', '2106', -10_000))).toBe('accepted');
  });

  it('of a paper is its money, to the fen and in its direction, said by two of that very paper, once', async () => {
    const { users, fund } = house.world;
    const [paper, another] = [randomUUID(), randomUUID()];
    for (const id of [paper, another]) {
      await house.owner.query(
        `INSERT INTO appropriations (id, fund_id, amount_fen, document_no, kind, state, proposed_by) VALUES ($1, $2, 10000, 'D', 'increase', 'proposed', $3)`,
        [id, fund, users.maker],
      );
      await house.owner.query(`UPDATE appropriations SET state = 'approved', approved_by = $2 WHERE id = $1`, [id, users.checker]);
    }
    const said = (line: string, of: string, matched = of) => {
      const proposal = randomUUID();
      return [
        run(
          `INSERT INTO line_proposals (id, line_id, kind, appropriation_id, note, state, proposed_by, recorded_at) VALUES ($1, $2, 'appropriation', $3, 'n', 'proposed', $4, now())`,
          [proposal, line, of, users.maker],
        ),
        confirmed(proposal, users.checker),
        run(
          `INSERT INTO matches (line_id, kind, appropriation_id, rule, proposal_id, matched_by, recorded_at) VALUES ($1, 'appropriation', $2, 'two-persons', $3, 'system:test', now())`,
          [line, matched, proposal],
        ),
      ];
    };
    const [one, two] = [randomUUID(), randomUUID()];
    const credit = (id: string, fen = 10_000) => newLine(id, { direction: 'credit', fen });
    expect(await attempt(system, credit(one), ...said(one, paper))).toBe('accepted');
    expect(await attempt(system, credit(one, 9_999), ...said(one, paper))).toBe('matches_agree');
    expect(await attempt(system, newLine(one), ...said(one, paper))).toBe('matches_agree');
    expect(await attempt(system, credit(one), ...said(one, another, paper))).toBe('matches_by_two');
    expect(await attempt(system, credit(one), credit(two), ...said(one, paper), ...said(two, paper))).toBe('matches_appropriation_once');
  });

  it('of a receipt is its money, to the fen, said by two of that very receipt, once; lines show no more than a case was told came in', async () => {
    const { users, caseId, institution } = house.world;
    const [recovery, receipt, another] = [randomUUID(), randomUUID(), randomUUID()];
    await house.owner.query(
      `INSERT INTO recoveries (id, case_id, recovery_no, demanded_fen, reason, cite, state, opened_on, organisation_id, district)
       VALUES ($1, $2, 91, 30000, '{}', '{}', 'due', '2020-11-25', $3, '210102')`,
      [recovery, caseId, institution],
    );
    for (const [id, fen] of [[receipt, 10_000] as const, [another, 9_000] as const])
      await house.owner.query(
        `INSERT INTO recovery_receipts (id, recovery_id, case_id, kind, amount_fen, on_date, reference, recorded_by) VALUES ($1, $2, $3, 'received', $4, '2020-11-25', 'r', 'x')`,
        [id, recovery, caseId, fen],
      );
    const said = (line: string, of: string | null, matched = of) => {
      const proposal = randomUUID();
      return [
        run(
          `INSERT INTO line_proposals (id, line_id, kind, recovery_id, receipt_id, note, state, proposed_by, recorded_at) VALUES ($1, $2, 'recovery', $3, $4, 'n', 'proposed', $5, now())`,
          [proposal, line, recovery, of, users.maker],
        ),
        confirmed(proposal, users.checker),
        run(
          `INSERT INTO matches (line_id, kind, recovery_id, receipt_id, rule, proposal_id, matched_by, recorded_at) VALUES ($1, 'recovery', $2, $3, 'two-persons', $4, 'system:test', now())`,
          [line, recovery, matched, proposal],
        ),
      ];
    };
    const [one, two] = [randomUUID(), randomUUID()];
    const credit = (id: string, fen = 10_000) => newLine(id, { direction: 'credit', fen });
    expect(await attempt(system, credit(one), ...said(one, receipt))).toBe('accepted');
    expect(await attempt(system, credit(one, 9_999), ...said(one, receipt))).toBe('matches_agree');
    expect(await attempt(system, credit(one), ...said(one, null, receipt))).toBe('matches_by_two');
    expect(await attempt(system, credit(one), credit(two), ...said(one, receipt), ...said(two, receipt))).toBe('matches_receipt_once');
    // 19,000 came in: two lines of 10,000 are more
    expect(await attempt(system, credit(one), ...said(one, null))).toBe('accepted');
    expect(await attempt(system, credit(one), credit(two), ...said(one, receipt), ...said(two, null))).toBe('matches_within_receipts');
  });

  it('is proposed and decided in the own name', async () => {
    const { users } = house.world;
    const line = randomUUID();
    await house.owner.query(
      "INSERT INTO statement_lines (id, file_id, line_no, at_line, at_path, account_no, statement_id, line_key, direction, amount_fen, booked_on, reversal) VALUES ($1::uuid, $2, 77, 1, 'p', '1', 's', $1::uuid::text, 'credit', 5, '2020-11-25', false)",
      [line, file],
    );
    expect(await attempt(maker(), proposed(randomUUID(), line, users.checker))).toBe(refused);
    const id = randomUUID();
    await house.owner.query(
      `INSERT INTO line_proposals (id, line_id, kind, note, state, proposed_by, recorded_at) VALUES ($1, $2, 'other', 'n', 'proposed', $3, now())`,
      [id, line, users.maker],
    );
    expect(await attempt(checker(), confirmed(id, users.supervisor))).toBe(refused);
    expect(await attempt(cashier(), confirmed(id, users.supervisor))).toBe(refused);
    expect(await attempt(checker(), confirmed(id, users.checker))).toBe('accepted');
  });
});

describe('a release of an unknown transfer', () => {
  it('is refused while the transfer is not unknown, though the statement of the day it was sent is closed without it', async () => {
    const { world } = house;
    const sent = run(
      `INSERT INTO case_events SELECT case_id, 1, 'disbursement.submitted', jsonb_build_object('disbursement', d.id), '{}', 'system:test', 'system', 'c', '2020-11-25', now(), now(),
         'a', '\\x00', '\\x01', d.organisation_id, d.district FROM disbursements d JOIN transfers t ON t.disbursement_id = d.id WHERE t.id = $1`,
      [transfer],
    );
    const closed = run(
      `INSERT INTO statements (id, file_id, account_no, statement_id, page_no, last_page, on_date, opening_fen, closing_fen, final, sound, line_count, credit_fen, debit_fen, recorded_at)
       VALUES (gen_random_uuid(), $1, '1', 'closed', 1, true, '2020-11-25', 0, 0, true, true, 0, 0, 0, now())`,
      [file],
    );
    const asMaker = run(`SELECT set_config('app.role', 'maker', true), set_config('app.user', $1, true)`, [world.users.maker]);
    const release = run(
      `INSERT INTO transfer_releases (id, transfer_id, note, state, proposed_by, recorded_at) VALUES (gen_random_uuid(), $1, 'n', 'proposed', $2, now())`,
      [transfer, world.users.maker],
    );
    expect(await attempt(system, sent, closed, asMaker, release)).toBe('transfer_releases_unknown');
  });
});

describe('a daily reconciliation', () => {
  const id = randomUUID();
  it('is prepared by one person and signed by another, as it stands, with its own hash', async () => {
    const { users } = house.world;
    const prepare = (by: string) =>
      run(
        `INSERT INTO reconciliations (id, account_no, on_date, content, content_hash, prepared_by, recorded_at) VALUES ($1, '1', '2020-11-25', '{"a": 1}', 'x', $2, now())`,
        [id, by],
      );
    const sign = (by: string, more = '') =>
      run(`UPDATE reconciliations SET signed_by = $2, signed_at = now()${more} WHERE id = $1`, [id, by]);
    expect(await attempt(maker(), prepare(users.checker))).toBe(refused);
    await house.owner.query(
      `INSERT INTO reconciliations (id, account_no, on_date, content, content_hash, prepared_by, recorded_at) VALUES ($1, '1', '2020-11-25', '{"a": 1}', 'x', $2, now())`,
      [id, users.maker],
    );
    expect(
      (
        await house.owner.query(
          "SELECT content_hash = sha256(convert_to(content::text, 'UTF8')) AS own FROM reconciliations WHERE id = $1",
          [id],
        )
      ).rows,
    ).toEqual([{ own: true }]);
    expect(await attempt(person(users.maker, 'checker'), sign(users.maker))).toBe('reconciliations_four_eyes');
    expect(await attempt(checker(), sign(users.maker))).toMatch(/^(42501|reconciliations_four_eyes)$/);
    expect(await attempt(checker(), sign(users.checker, ", content = '{}'"))).toBe(refused);
    expect(await attempt(maker(), sign(users.maker))).toMatch(/^(42501|reconciliations_four_eyes)$/);
    expect(await attempt(checker(), sign(users.checker), sign(users.checker))).toBe('reconciliations_frozen');
    expect(await attempt(checker(), sign(users.checker))).toBe('accepted');
  });
});
