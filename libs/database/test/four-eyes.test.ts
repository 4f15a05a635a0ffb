import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { attemptAs, person, system, useHouse } from './house.js';
import { asActor } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);

describe('four eyes', () => {
  const propose = async (by: string) => {
    const id = randomUUID();
    await house.owner.query(
      "INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by) VALUES ($1, $2, '培训学校', '6222000000000001', '102221000000', 'b', 'proposed', 'h', $3)",
      [id, house.world.institution, by],
    );
    return id;
  };
  const decide = (id: string, by: string, state = 'approved') =>
    house.app.query('UPDATE payee_accounts SET state = $3, decided_by = $2, decided_at = now() WHERE id = $1', [id, by, state]);

  it('a payee account is not approved by its proposer, nor in another name, nor twice, nor by an institution', async () => {
    const { users, institution } = house.world;
    const id = await propose(users.officer);
    await house.owner.query("UPDATE payee_accounts SET state = 'retired' WHERE organisation_id = $1 AND state = 'approved'", [institution]);
    expect(await attempt(person(users.officer, 'officer'), () => decide(id, users.officer))).toBe('payee_accounts_four_eyes');
    expect(await attempt(person(users.officer, 'officer'), () => decide(id, users.approver))).toBe('42501');
    expect(await attempt(person(users.approver, 'approver'), () => decide(id, users.approver))).toBe('accepted');
    expect(
      await attempt(
        person(users.approver, 'approver'),
        () => decide(id, users.approver),
        () => decide(id, users.approver, 'rejected'),
      ),
    ).toBe('payee_accounts_transition');
    const asInstitution = await asActor(house.app, person(users.institution, 'institution', { organisationId: institution }), () =>
      decide(id, users.institution),
    );
    expect(asInstitution.rowCount).toBe(0);
    expect(await attempt(system, () => house.app.query("UPDATE payee_accounts SET account_no = '9' WHERE id = $1", [id]))).toBe(
      'payee_accounts_immutable',
    );
    await house.owner.query("UPDATE payee_accounts SET state = 'rejected', decided_by = $2, decided_at = now() WHERE id = $1", [
      id,
      users.approver,
    ]);
  });

  it('a payee account cannot be written as approved, and an organisation has one approved account', async () => {
    const { users, institution } = house.world;
    const written = () =>
      house.app.query(
        "INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by, decided_by, decided_at) VALUES (gen_random_uuid(), $1, 'h', '1', '2', 'b', 'approved', 'h', $2, $3, now())",
        [institution, users.officer, users.approver],
      );
    expect(await attempt(system, written)).toBe('payee_accounts_four_eyes');
    const [first, second] = [await propose(users.officer), await propose(users.officer)];
    expect(
      await attempt(
        system,
        () => decide(first, users.approver),
        () => decide(second, users.approver),
      ),
    ).toBe('payee_accounts_one_approved');
    await house.owner.query("UPDATE payee_accounts SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1", [
      first,
      users.approver,
    ]);
    Object.assign(house.world, { payeeAccount: first });
  });

  it('an appropriation is approved by another person than its proposer, once', async () => {
    const { users, fund } = house.world;
    const id = randomUUID();
    await house.owner.query(
      "INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by) VALUES ($1, $2, 100, '辽财指社〔2020〕1号', 'proposed', $3)",
      [id, fund, users.maker],
    );
    const approve = (by: string, amount = 100) =>
      house.app.query("UPDATE appropriations SET state = 'approved', approved_by = $2, amount_fen = $3 WHERE id = $1", [id, by, amount]);
    expect(await attempt(person(users.maker, 'maker'), () => approve(users.maker))).toBe('appropriations_four_eyes');
    expect(await attempt(person(users.checker, 'checker'), () => approve(users.checker, 1000))).toBe('appropriations_immutable');
    expect(await attempt(person(users.checker, 'checker'), () => approve(users.checker))).toBe('accepted');
    expect(
      await attempt(
        person(users.checker, 'checker'),
        () => approve(users.checker),
        () => approve(users.checker),
      ),
    ).toBe('appropriations_immutable');
    const none = () =>
      house.app.query(
        "INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by) VALUES (gen_random_uuid(), $1, 0, 'd', 'proposed', $2)",
        [fund, users.maker],
      );
    expect(await attempt(person(users.maker, 'maker'), none)).toBe('appropriations_amount_fen_check');
  });

  it('a parameter is approved by another person than its proposer, in the own name, once', async () => {
    const { users } = house.world;
    const id = randomUUID();
    await house.owner.query(
      "INSERT INTO parameters (id, policy_id, key, scope, effective_from, value, cite, reason, proposed_by) VALUES ($1, 'p', 'k', 'CN-21', '2020-01-01', '1', '{}', 'r', $2)",
      [id, users.officer],
    );
    const approve = (by: string) => () => house.app.query('UPDATE parameters SET approved_by = $2 WHERE id = $1', [id, by]);
    const approver = person(users.approver, 'approver', { district: '210102' });
    expect(await attempt(person(users.officer, 'officer'), approve(users.officer))).toBe('parameters_four_eyes');
    expect(await attempt(person(users.officer, 'officer'), approve(users.approver))).toBe('42501');
    expect(await attempt(approver, approve(users.approver))).toBe('accepted');
    expect(await attempt(approver, () => house.app.query("UPDATE parameters SET value = '2' WHERE id = $1", [id]))).toBe('42501');
  });

  it('a parameter is decided once, and one that running cases follow only with the list that was shown', async () => {
    const { users } = house.world;
    const [id, table] = [randomUUID(), randomUUID()];
    const propose = `INSERT INTO parameters (id, policy_id, shared, key, scope, effective_from, value, cite, reason, running, proposed_by)
      VALUES ($1, $2, $3, 'k', '*', '2020-01-01', '1', '{}', 'r', 'refresh', $4)`;
    await house.owner.query(propose, [id, 'p', null, users.officer]);
    await house.owner.query(propose, [table, '*', 'a table', users.officer]);
    await expect(house.owner.query(propose, [randomUUID(), '*', null, users.officer])).rejects.toMatchObject({
      constraint: 'parameters_shared',
    });
    const approver = person(users.approver, 'approver', { district: '210102' });
    const decide =
      (what: string, which = id) =>
      () =>
        house.app.query(`UPDATE parameters SET ${what} WHERE id = $1`, [which]);
    const approved = `approved_by = '${users.approver}'`;
    expect(await attempt(approver, decide(approved))).toBe('parameters_shown');
    expect(await attempt(approver, decide(`${approved}, touched_sha256 = sha256('cases')`, table))).toBe('accepted');
    expect(await attempt(approver, decide(`rejected_by = '${users.officer}'`))).toBe('42501');
    await house.owner.query(`UPDATE parameters SET rejected_by = '${users.approver}' WHERE id = $1`, [id]);
    await expect(
      house.owner.query(`UPDATE parameters SET ${approved}, touched_sha256 = sha256('cases') WHERE id = $1`, [id]),
    ).rejects.toMatchObject({
      constraint: 'parameters_decided_once',
    });
  });

  it('a year of the calendar is approved by another person than its proposer, in the own name, once, and changes in no other way', async () => {
    const { users } = house.world;
    const propose = (by: string, work = '{2027-01-03}', id: string = randomUUID(), client = house.app) =>
      client.query(
        `INSERT INTO calendar_proposals (id, year, off, work, cite, reason, state, proposed_by) VALUES ($1, 2027, '{2027-01-01}', $3, '{"doc":"d"}', 'r', 'proposed', $2)`,
        [id, by, work],
      );
    const supervisor = person(users.supervisor, 'supervisor');
    const approver = person(users.approver, 'approver', { district: '210102' });
    expect(await attempt(supervisor, () => propose(users.approver))).toBe('42501');
    expect(await attempt(person(users.officer, 'officer'), () => propose(users.officer))).toBe('42501');
    expect(await attempt(supervisor, () => propose(users.supervisor, '{2027-01-04}'))).toBe('calendar_proposals_days');
    expect(await attempt(supervisor, () => propose(users.supervisor, '{2027-01-01}'))).toBe('calendar_proposals_days');
    const id = randomUUID();
    await propose(users.supervisor, '{2027-01-03}', id, house.owner);
    expect(await attempt(supervisor, () => propose(users.supervisor))).toBe('calendar_proposals_one_open');
    const decide = (what: string) => () => house.app.query(`UPDATE calendar_proposals SET decided_at = now(), ${what} WHERE id = $1`, [id]);
    const approved = (by: string) => decide(`state = 'approved', decided_by = '${by}', touched_sha256 = sha256('days')`);
    expect(await attempt(supervisor, approved(users.supervisor))).toBe('calendar_proposals_four_eyes');
    expect(await attempt(supervisor, approved(users.approver))).toBe('42501');
    expect(await attempt(approver, decide(`state = 'approved', decided_by = '${users.approver}'`))).toBe('calendar_proposals_shown');
    expect(await attempt(approver, decide(`state = 'rejected', decided_by = '${users.approver}'`))).toBe('calendar_proposals_said_why');
    expect(await attempt(approver, approved(users.approver), approved(users.approver))).toBe('calendar_proposals_immutable');
    const { rows } = await asActor(house.app, approver, async () => {
      await approved(users.approver)();
      return house.app.query("SELECT day::text, kind FROM calendar_days WHERE day >= '2027-01-01' ORDER BY day");
    });
    expect(rows).toEqual([
      { day: '2027-01-01', kind: 'off' },
      { day: '2027-01-03', kind: 'work' },
    ]);
    for (const actor of [supervisor, system])
      for (const sql of ["UPDATE calendar_years SET notice = 'x'", 'DELETE FROM calendar_days', "UPDATE calendar_days SET kind = 'work'"])
        expect(await attempt(actor, () => house.app.query(sql))).toBe('42501');
    const alone = () =>
      house.app.query("INSERT INTO calendar_years (year, notice, imported_by) VALUES (2028, 'n', $1)", [users.supervisor]);
    expect(await attempt(supervisor, alone)).toBe('42501');
  });

  it('one person holds one duty on a case; two people may share one', async () => {
    const { users, caseId, institution } = house.world;
    const duty = (name: string, who: string) =>
      house.app.query("INSERT INTO case_duties VALUES ($1, $2, $3, 1, $4, '210102')", [caseId, name, who, institution]);
    expect(
      await attempt(
        system,
        () => duty('accept', users.officer),
        () => duty('review', users.officer),
      ),
    ).toBe('case_duties_one_per_person');
    expect(
      await attempt(
        system,
        () => duty('accept', users.officer),
        () => duty('accept', users.reviewer),
        () => duty('review', users.approver),
      ),
    ).toBe('accepted');
  });
});
