import { beforeAll, describe, expect, it } from '@jest/globals';
import { attemptAs, person, system, useHouse } from './house.js';
import { draftBatch, draftTransfer, requestDisbursement, submitBatch } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);

describe('batches', () => {
  let disbursement: string;
  let batch: string;
  beforeAll(async () => {
    disbursement = await requestDisbursement(house.owner, house.world, 's1');
    ({ batch } = await draftBatch(house.owner, house.world, disbursement));
    await submitBatch(house.owner, batch, 'hash');
  });
  const sign = (by: string, hash = 'hash', decision = 'approve') =>
    house.app.query('INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash) VALUES ($1, $2, $3, $4)', [
      batch,
      by,
      decision,
      hash,
    ]);
  const approve = () => house.app.query("UPDATE batches SET state = 'approved', approved_at = now() WHERE id = $1", [batch]);
  const duty = (who: string) =>
    house.owner.query("INSERT INTO case_duties VALUES ($1, 'review', $2, 1, $3, '210102')", [
      house.world.caseId,
      who,
      house.world.institution,
    ]);

  it('is approved by a person other than its maker, who signed this very content', async () => {
    const { users } = house.world;
    const checker = person(users.checker, 'checker');
    expect(
      await attempt(
        checker,
        () => sign(users.checker),
        () => approve(),
      ),
    ).toBe('accepted');
    expect(await attempt(checker, approve)).toBe('batches_four_eyes');
    expect(
      await attempt(
        checker,
        () => sign(users.checker, 'hash', 'reject'),
        () => approve(),
      ),
    ).toBe('batches_four_eyes');
    expect(await attempt(checker, () => sign(users.checker, 'stale'))).toBe('batches_content_hash');
    expect(await attempt(person(users.maker, 'maker'), () => sign(users.maker))).toBe('batches_four_eyes');
    expect(await attempt(person(users.maker, 'maker'), () => sign(users.checker))).toBe('42501');
  });

  it("pays nobody on another organisation's account, however well that one is approved", async () => {
    const { world, app, owner } = house;
    const astray = await requestDisbursement(owner, world, 'astray');
    await owner.query(
      "UPDATE disbursements SET payee_account_id = (SELECT id FROM payee_accounts WHERE organisation_id = $2 AND state = 'approved') WHERE id = $1",
      [astray, world.otherInstitution],
    );
    const { batch: wrong } = await draftBatch(owner, world, astray);
    await submitBatch(owner, wrong, 'astray');
    const checker = person(world.users.checker, 'checker');
    const signs = () =>
      app.query("INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash) VALUES ($1, $2, 'approve', 'astray')", [
        wrong,
        checker.userId,
      ]);
    const approves = () => app.query("UPDATE batches SET state = 'approved', approved_at = now() WHERE id = $1", [wrong]);
    expect(await attempt(checker, signs, approves)).toBe('transfers_to_approved_account');
  });

  it('may lose a line before it is signed, and is then signed as what is left', async () => {
    const { world, app, owner } = house;
    const [kept, dropped] = [await requestDisbursement(owner, world, 'kept'), await requestDisbursement(owner, world, 'dropped')];
    const two = await draftBatch(owner, world, kept);
    const line = await draftTransfer(owner, world, dropped, two.batch, { lineNo: 2 });
    await owner.query('UPDATE batches SET line_count = 2, total_fen = 20000 WHERE id = $1', [two.batch]);
    await submitBatch(owner, two.batch, 'both');
    const drop = () => app.query("UPDATE transfers SET state = 'cancelled' WHERE id = $1", [line]);
    const restate = () =>
      app.query("UPDATE batches SET content_hash = 'one', line_count = 1, total_fen = 10000 WHERE id = $1", [two.batch]);
    const signAs = (hash: string) =>
      app.query("INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash) VALUES ($1, $2, 'approve', $3)", [
        two.batch,
        world.users.checker,
        hash,
      ]);
    const approveTwo = () => app.query("UPDATE batches SET state = 'approved', approved_at = now() WHERE id = $1", [two.batch]);
    expect(await attempt(system, drop, restate, () => signAs('one'), approveTwo)).toBe('accepted');
    expect(await attempt(system, drop, () => signAs('both'), approveTwo)).toBe('batches_total');
    expect(await attempt(system, () => signAs('both'), drop, restate, approveTwo)).toBe('batches_four_eyes');
  });

  it('is frozen once submitted', async () => {
    const { world, app } = house;
    const other = await requestDisbursement(house.owner, world, 's2');
    expect(await attempt(system, () => draftTransfer(app, world, other, batch, { lineNo: 2 }))).toBe('batches_frozen');
    for (const set of ['total_fen = 10001', 'line_count = 2', 'content_hash = NULL', 'maker_id = gen_random_uuid()', 'content_form = 1']) {
      expect(await attempt(system, () => app.query(`UPDATE batches SET ${set} WHERE id = $1`, [batch]))).toBe('batches_frozen');
    }
    expect(await attempt(system, () => app.query("UPDATE batches SET state = 'draft' WHERE id = $1", [batch]))).toBe('batches_transition');
    expect(
      await attempt(system, () =>
        app.query(
          "INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, content_hash, submitted_at, approved_at, line_count, total_fen) VALUES (gen_random_uuid(), 'x', $1, 'http', 'approved', $2, 'h', now(), now(), 1, 1)",
          [world.fund, world.users.maker],
        ),
      ),
    ).toBe('batches_transition');
  });

  it('is not approved by somebody who decided on a case in it, nor when its maker did', async () => {
    const { users } = house.world;
    await duty(users.supervisor);
    const supervisor = person(users.supervisor, 'supervisor');
    expect(
      await attempt(
        supervisor,
        () => sign(users.supervisor),
        () => approve(),
      ),
    ).toBe('batches_case_exclusion');
    await duty(users.maker);
    expect(
      await attempt(
        person(users.checker, 'checker'),
        () => sign(users.checker),
        () => approve(),
      ),
    ).toBe('batches_case_exclusion');
  });
});

describe('transfers', () => {
  const states = [
    'draft',
    'pending_approval',
    'approved',
    'submitting',
    'submitted',
    'accepted',
    'unknown',
    'settled',
    'failed',
    'returned',
    'rejected',
    'cancelled',
  ];
  const allowed: Record<string, string[]> = {
    draft: ['pending_approval', 'cancelled'],
    pending_approval: ['approved', 'rejected', 'cancelled'],
    approved: ['submitting', 'cancelled'],
    submitting: ['submitted', 'accepted', 'settled', 'failed', 'unknown'],
    submitted: ['accepted', 'settled', 'failed', 'unknown'],
    accepted: ['settled', 'failed', 'unknown'],
    unknown: ['submitted', 'accepted', 'settled', 'failed'],
    settled: ['returned'],
  };
  let disbursement: string;
  let batch: string;
  let transfer: string;
  beforeAll(async () => {
    disbursement = await requestDisbursement(house.owner, house.world, 's3');
    ({ batch, transfer } = await draftBatch(house.owner, house.world, disbursement));
  });

  it.each(states)('%s goes only where the table of states allows', async (from) => {
    const { app, owner } = house;
    // the owner may switch the guards off to put a row anywhere; the application may not
    await owner.query('ALTER TABLE transfers DISABLE TRIGGER USER; ALTER TABLE batches DISABLE TRIGGER USER');
    await owner.query(
      "UPDATE batches SET state = 'approved', content_hash = 'h', submitted_at = now(), approved_at = now() WHERE id = $1",
      [batch],
    );
    await owner.query("UPDATE transfers SET state = $2, settled_on = '2020-12-01' WHERE id = $1", [transfer, from]);
    await owner.query('ALTER TABLE transfers ENABLE TRIGGER USER; ALTER TABLE batches ENABLE TRIGGER USER');
    const reached: string[] = [];
    for (const to of states) {
      const answer = await attempt(system, () => app.query('UPDATE transfers SET state = $2 WHERE id = $1', [transfer, to]));
      if (answer === 'accepted' && to !== from) reached.push(to);
      else if (to !== from) expect(answer).toBe('transfers_transition');
    }
    expect(reached.sort()).toEqual([...(allowed[from] ?? [])].sort());
  });

  it('keep amount, payee and references', async () => {
    for (const set of [
      'amount_fen = 1',
      "account_no = '1'",
      "end_to_end_id = 'x'",
      "holder_name = 'x'",
      "bank_no = '1'",
      'batch_id = gen_random_uuid()',
    ]) {
      expect(await attempt(system, () => house.app.query(`UPDATE transfers SET ${set} WHERE id = $1`, [transfer]))).toBe(
        'transfers_immutable',
      );
    }
    expect(await attempt(system, () => house.app.query('ALTER TABLE transfers DISABLE TRIGGER USER'))).toBe('42501');
  });

  it('say the day on which the bank was given them once, with that step, and never otherwise', async () => {
    const { app, owner } = house;
    const put = async (state: string, sentOn: string | null) => {
      await owner.query('ALTER TABLE transfers DISABLE TRIGGER USER');
      try {
        await owner.query('UPDATE transfers SET state = $2, sent_on = $3 WHERE id = $1', [transfer, state, sentOn]);
      } finally {
        await owner.query('ALTER TABLE transfers ENABLE TRIGGER USER');
      }
    };
    const say = (to: string, on: string | null) =>
      attempt(system, () => app.query('UPDATE transfers SET state = $2, sent_on = $3 WHERE id = $1', [transfer, to, on]));
    await put('submitting', null);
    expect(await say('submitted', '2020-12-01')).toBe('accepted');
    for (const to of ['submitting', 'unknown', 'settled']) expect(await say(to, '2020-12-01')).toBe('transfers_sent_once');
    await put('submitting', '2020-12-01');
    for (const on of ['2020-11-30', null]) expect(await say('submitted', on)).toBe('transfers_sent_once');
    await expect(put('pending_approval', '2020-12-01')).rejects.toMatchObject({ constraint: 'transfers_sent_first' });
  });

  it('are not approved or sent before their batch is, and pay what their disbursement says to the approved account', async () => {
    const { app, owner, world } = house;
    const other = await requestDisbursement(owner, world, 's4');
    const made = await draftBatch(owner, world, other);
    const fresh = await requestDisbursement(owner, world, 's5');
    expect(await attempt(system, () => draftTransfer(app, world, fresh, made.batch, { lineNo: 2, amountFen: 9999 }))).toBe(
      'transfers_of_disbursement',
    );
    expect(await attempt(system, () => draftTransfer(app, world, fresh, made.batch, { lineNo: 2, accountNo: '6222000000000009' }))).toBe(
      'transfers_to_approved_account',
    );
    await submitBatch(owner, made.batch, 'h');
    expect(await attempt(system, () => app.query("UPDATE transfers SET state = 'approved' WHERE id = $1", [made.transfer]))).toBe(
      'transfers_signed',
    );
  });

  it('live once per disbursement, and a disbursement lives once per payment', async () => {
    const { app, owner, world } = house;
    const d = await requestDisbursement(owner, world, 's6');
    const made = await draftBatch(owner, world, d);
    expect(await attempt(system, () => draftTransfer(app, world, d, made.batch, { lineNo: 2 }))).toBe('transfers_one_live');
    const again = () =>
      app.query(
        'INSERT INTO disbursements SELECT gen_random_uuid(), case_id, payment, 2, amount_fen, fund_id, payee_account_id, state, NULL, requested_on, NULL, organisation_id, district, 1 FROM disbursements WHERE id = $1',
        [d],
      );
    expect(await attempt(system, again)).toBe('disbursements_one_live');
    expect(
      await attempt(
        system,
        () => app.query("UPDATE disbursements SET state = 'cancelled' WHERE id = $1", [d]),
        () => again(),
      ),
    ).toBe('accepted');
  });
});
