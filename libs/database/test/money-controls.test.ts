import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { attemptAs, person, system, useHouse } from './house.js';
import { draftBatch, draftTransfer, requestDisbursement, submitBatch } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);
const app = () => house.app;

/** A rule of the house in force, inside the transaction of the attempt. */
const rule =
  (key: string, value: unknown, scope = '*', from = '2000-01-01') =>
  () =>
    app().query(
      `INSERT INTO parameters (id, policy_id, key, scope, effective_from, value, cite, reason, proposed_by, approved_by, decided_at)
     VALUES (gen_random_uuid(), 'house', $1, $2, $3, $4, '{}', 'r', $5, $6, now())`,
      [key, scope, from, JSON.stringify(value), house.world.users.supervisor, house.world.users.approver],
    );

describe('how many sign', () => {
  let batch: string;
  beforeAll(async () => {
    const disbursement = await requestDisbursement(house.owner, house.world, 'signed');
    ({ batch } = await draftBatch(house.owner, house.world, disbursement));
    await submitBatch(house.owner, batch, 'hash');
  });
  const sign =
    (who: string, hash = 'hash') =>
    () =>
      app().query("INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash) VALUES ($1, $2, 'approve', $3)", [
        batch,
        who,
        hash,
      ]);
  const approve = () => app().query("UPDATE batches SET state = 'approved', approved_at = now() WHERE id = $1", [batch]);

  it('depends on the amount: a band that demands two is not satisfied by one, however often', async () => {
    const { checker, supervisor } = house.world.users;
    const two = rule('payment.approval-bands', { 0: 1, 10000: 2 });
    expect(await attempt(system, sign(checker), approve)).toBe('accepted');
    expect(await attempt(system, two, sign(checker), approve)).toBe('batches_enough_signers');
    expect(await attempt(system, two, sign(checker), sign(checker))).toBe('batch_approvals_pkey');
    expect(await attempt(system, two, sign(checker), sign(supervisor), approve)).toBe('accepted');
    expect(await attempt(system, rule('payment.approval-bands', { 0: 1, 10001: 2 }), sign(checker), approve)).toBe('accepted');
  });

  it('counts only signatures of this content, and never the maker', async () => {
    const { checker, supervisor, maker } = house.world.users;
    const two = rule('payment.approval-bands', { 0: 2 });
    const other = () => app().query("UPDATE batches SET content_hash = 'other' WHERE id = $1", [batch]);
    expect(await attempt(system, two, sign(checker), other, sign(supervisor, 'other'), approve)).toBe('batches_enough_signers');
    expect(await attempt(system, two, sign(checker), other, sign(supervisor, 'other'), sign(checker, 'other'), approve)).toBe('accepted');
    expect(await attempt(system, two, sign(checker), sign(maker))).toBe('batches_four_eyes');
  });

  it('is what is in force: the nearest place, the latest day, approved, and begun', async () => {
    const { checker } = house.world.users;
    const one = sign(checker);
    const key = 'payment.approval-bands';
    expect(await attempt(system, rule(key, { 0: 2 }), rule(key, { 0: 1 }, '210102'), one, approve)).toBe('accepted');
    expect(await attempt(system, rule(key, { 0: 1 }), rule(key, { 0: 2 }, 'CN-2101'), one, approve)).toBe('batches_enough_signers');
    expect(await attempt(system, rule(key, { 0: 2 }), rule(key, { 0: 1 }, '*', '2020-01-01'), one, approve)).toBe('accepted');
    expect(await attempt(system, rule(key, { 0: 2 }, '*', '2199-01-01'), one, approve)).toBe('accepted');
    const proposed = () =>
      app().query(
        `INSERT INTO parameters (id, policy_id, key, scope, effective_from, value, cite, reason, proposed_by) VALUES (gen_random_uuid(), 'house', $1, '*', '2000-01-01', '{"0": 2}', '{}', 'r', $2)`,
        [key, house.world.users.supervisor],
      );
    expect(await attempt(system, proposed, one, approve)).toBe('accepted');
  });

  it.each(['submit', 'accept', 'review', 'approve', 'inspect'])(
    'leaves out whoever held the duty %s on a case in the batch',
    async (duty) => {
      const { world } = house;
      const held = () =>
        app().query('INSERT INTO case_duties (case_id, duty, person_id, seq, organisation_id, district) VALUES ($1, $2, $3, 1, $4, $5)', [
          world.caseId,
          duty,
          world.users.checker,
          world.institution,
          '210102',
        ]);
      expect(await attempt(system, held, sign(world.users.checker), approve)).toBe('batches_case_exclusion');
    },
  );
});

describe('a payee account', () => {
  const replace = async (): Promise<void> => {
    const { institution, users } = house.world;
    await app().query("UPDATE payee_accounts SET state = 'retired' WHERE organisation_id = $1 AND state = 'approved'", [institution]);
    const id = randomUUID();
    await app().query(
      `INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by, changed, usable_from)
       VALUES ($1, $2, '培训学校', '6222000000000077', '102221000000', '工商银行', 'proposed', 'h', $3, false, '2000-01-01')`,
      [id, institution, users.institution],
    );
    await app().query(
      "UPDATE payee_accounts SET state = 'approved', decided_by = $2, decided_at = now(), changed = false, usable_from = '2000-01-01' WHERE id = $1",
      [id, users.approver],
    );
  };
  const pay = async () => {
    const { world } = house;
    const disbursement = await requestDisbursement(app(), world, `pay-${randomUUID()}`);
    await app().query(
      "UPDATE disbursements SET payee_account_id = (SELECT id FROM payee_accounts WHERE organisation_id = $2 AND state = 'approved') WHERE id = $1",
      [disbursement, world.institution],
    );
    const batch = randomUUID();
    await app().query(
      "INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, line_count, total_fen) VALUES ($1, gen_random_uuid(), $2, 'http', 'draft', $3, 1, 10000)",
      [batch, world.fund, world.users.maker],
    );
    await draftTransfer(app(), world, disbursement, batch, { accountNo: '6222000000000077' });
  };
  const first = async () => {
    const { rows } = await app().query('SELECT changed, usable_from <= legal_now() AS usable FROM payee_accounts WHERE id = $1', [
      house.world.payeeAccount,
    ]);
    expect(rows).toEqual([{ changed: false, usable: true }]);
  };

  it('that takes the place of another waits, whatever was written beside it; the first one waits for nothing', async () => {
    expect(await attempt(system, first)).toBe('accepted');
    expect(await attempt(system, replace, pay)).toBe('payee_accounts_cooling');
    expect(await attempt(system, rule('payee.cooling-hours', 0), replace, pay)).toBe('accepted');
    expect(await attempt(system, rule('payee.cooling-hours', 1), replace, pay)).toBe('payee_accounts_cooling');
    const shorten = () => app().query("UPDATE payee_accounts SET usable_from = '2000-01-01' WHERE state = 'approved'");
    expect(await attempt(system, replace, shorten)).toBe('payee_accounts_transition');
  });
});

describe('a suspension', () => {
  const id = randomUUID();
  const propose = () =>
    app().query(
      "INSERT INTO organisation_changes (id, organisation_id, status, reason, state, proposed_by) VALUES ($1, $2, 'suspended', '核查', 'proposed', $3)",
      [id, house.world.institution, house.world.users.officer],
    );
  const approve = (by: string) => () =>
    app().query("UPDATE organisation_changes SET state = 'approved', decided_by = $2, decided_on = '2020-11-26' WHERE id = $1", [id, by]);
  const suspended = () => [propose, approve(house.world.users.approver)];

  it('is the decision of two people, and nobody writes the status by hand', async () => {
    const { users } = house.world;
    const officer = person(users.officer, 'officer', { district: '210102' });
    expect(await attempt(officer, propose)).toBe('accepted');
    expect(await attempt(person(users.approver, 'approver', { district: '210102' }), propose)).toBe('42501');
    expect(await attempt(system, propose, approve(users.officer))).toBe('organisation_changes_four_eyes');
    expect(await attempt(system, ...suspended())).toBe('accepted');
    expect(await attempt(system, ...suspended(), approve(users.approver))).toBe('organisation_changes_immutable');
    expect(await attempt(system, () => app().query("UPDATE organisations SET status = 'suspended'"))).toBe('42501');
    expect(await attempt(system, () => app().query('DELETE FROM organisation_changes'))).toBe('42501');
  });

  it('lets no case be opened, no payment be promised, and nothing promised before be collected', async () => {
    const { world } = house;
    const open = () =>
      app().query(
        `INSERT INTO cases (id, case_no, policy_id, policy_version, jurisdiction, machine_hash, terms_sha256, organisation_id, district, payee_account_id, state, standing,
           snapshot, version, head_hash, last_at, opened_on, opened_by)
         SELECT gen_random_uuid(), gen_random_uuid()::text, policy_id, policy_version, jurisdiction, machine_hash, terms_sha256, organisation_id, district, payee_account_id,
           state, standing, snapshot, version, head_hash, last_at, opened_on, opened_by FROM cases WHERE id = $1`,
        [world.caseId],
      );
    const promise = async () => void (await requestDisbursement(app(), world, `promised-${randomUUID()}`));
    const promised = await requestDisbursement(house.owner, world, 'before');
    const collect = async () => {
      const batch = randomUUID();
      await app().query(
        "INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, line_count, total_fen) VALUES ($1, gen_random_uuid(), $2, 'http', 'draft', $3, 1, 10000)",
        [batch, world.fund, world.users.maker],
      );
      await draftTransfer(app(), world, promised, batch);
    };
    for (const step of [open, promise, collect]) {
      expect(await attempt(system, step)).toBe('accepted');
      expect(await attempt(system, ...suspended(), step)).toBe('organisations_suspended');
    }
  });
});

describe('a one-time password', () => {
  let batch: string;
  beforeAll(async () => {
    const disbursement = await requestDisbursement(house.owner, house.world, 'stepped');
    ({ batch } = await draftBatch(house.owner, house.world, disbursement));
    await submitBatch(house.owner, batch, 'hash');
  });
  const device = () =>
    app().query(
      "INSERT INTO otp_secrets (user_id, secret_cipher, key_id, enrolled_at, confirmed_at) VALUES ($1, '\\x00', 'k', now(), now())",
      [house.world.users.checker],
    );
  const unconfirmed = () =>
    app().query("INSERT INTO otp_secrets (user_id, secret_cipher, key_id, enrolled_at) VALUES ($1, '\\x00', 'k', now())", [
      house.world.users.checker,
    ]);
  const used =
    (subject: string, step = 7, who = house.world.users.checker) =>
    () =>
      app().query('INSERT INTO otp_uses (id, user_id, subject, step) VALUES (gen_random_uuid(), $1, $2, $3)', [who, subject, step]);
  const sign = () =>
    app().query("INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash) VALUES ($1, $2, 'approve', 'hash')", [
      batch,
      house.world.users.checker,
    ]);

  it('of whoever has a device goes with every signature, for this content and by this person', async () => {
    const { users } = house.world;
    expect(await attempt(system, sign)).toBe('accepted');
    expect(await attempt(system, unconfirmed, sign)).toBe('accepted');
    expect(await attempt(system, device, sign)).toBe('batch_approvals_step_up');
    expect(await attempt(system, device, () => used('batch:hash')(), sign)).toBe('accepted');
    expect(await attempt(system, device, () => used('batch:other')(), sign)).toBe('batch_approvals_step_up');
    expect(await attempt(system, device, () => used('batch:hash', 7, users.maker)(), sign)).toBe('batch_approvals_step_up');
  });

  it('serves once, its step only goes forward, and what it was used for stays', async () => {
    const { checker } = house.world.users;
    const set = (what: string) => () => app().query(`UPDATE otp_secrets SET ${what} WHERE user_id = $1`, [checker]);
    expect(
      await attempt(
        system,
        () => used('a')(),
        () => used('b')(),
      ),
    ).toBe('otp_uses_step_once');
    expect(await attempt(system, device, set('last_step = 8'), set('last_step = 7'))).toBe('otp_secrets_step_forward');
    expect(await attempt(system, device, set("secret_cipher = '\\x01'"))).toBe('otp_secrets_kept');
    expect(await attempt(system, device, set('confirmed_at = NULL'))).toBe('otp_secrets_kept');
    expect(await attempt(system, () => app().query('DELETE FROM otp_uses'))).toBe('42501');
    expect(
      await attempt(system, () =>
        app().query("INSERT INTO otp_uses (id, user_id, subject, step, used_at) VALUES (gen_random_uuid(), $1, 'x', 1, '2199-01-01')", [
          checker,
        ]),
      ),
    ).toBe('42501');
  });

  it('and its secret are nobody’s to read but the house’s', async () => {
    for (const role of ['checker', 'admin', 'auditor', 'supervisor'] as const)
      expect(await attempt(person(house.world.users.checker, role), device)).toBe('42501');
  });
});
