import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { attemptAs, person, system, useHouse } from './house.js';
import { asActor, draftBatch, requestDisbursement } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);

const institution = () => person(house.world.users.institution, 'institution', { organisationId: house.world.institution });
const maker = () => person(house.world.users.maker, 'maker');
const refused = '42501';

describe('the own name', () => {
  const event = (actor: string, role: string) => () =>
    house.app.query(
      "INSERT INTO case_events VALUES ($1, 900, 'application.approved', '{}', '{}', $3, $4, 'http', '2020-11-25', now(), now(), 'a', '\\x00', '\\x01', $2, '210102')",
      [house.world.caseId, house.world.institution, actor, role],
    );

  it('stands in the history: no event in the name or role of another', async () => {
    const { users } = house.world;
    expect(await attempt(institution(), event(users.approver, 'approver'))).toBe(refused);
    expect(await attempt(institution(), event(users.institution, 'approver'))).toBe(refused);
    expect(await attempt(person(users.officer, 'officer'), event(users.farOfficer, 'officer'))).toBe(refused);
    expect(await attempt(person(users.officer, 'officer'), event('system:worker', 'system'))).toBe(refused);
    expect(await attempt(institution(), event(users.institution, 'institution'))).toBe('accepted');
  });

  it('stands under a duty, a file, a proposed account, an appropriation, a parameter, an organisation', async () => {
    const { users, caseId, institution: organisation, fund } = house.world;
    const tries: [ReturnType<typeof maker>, string, unknown[]][] = [
      [institution(), "INSERT INTO case_duties VALUES ($1, 'accept', $3, 1, $2, '210102')", [caseId, organisation, users.officer]],
      [
        institution(),
        "INSERT INTO evidence (id, case_id, organisation_id, district, kind, file_name, media_type, size_bytes, sha256, content, uploaded_by) VALUES (gen_random_uuid(), $1, $2, '210102', 'other', 'f', 'm', 1, '\\x00', '\\x00', $3)",
        [caseId, organisation, users.officer],
      ],
      [
        institution(),
        "INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by) VALUES (gen_random_uuid(), $1, 'h', '1', '2', 'b', 'proposed', 'h', $2)",
        [organisation, users.officer],
      ],
      [
        maker(),
        "INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by) VALUES (gen_random_uuid(), $1, 1, 'd', 'proposed', $2)",
        [fund, users.checker],
      ],
      [
        person(users.officer, 'officer'),
        "INSERT INTO parameters (id, policy_id, key, scope, effective_from, value, cite, reason, proposed_by) VALUES (gen_random_uuid(), 'p', 'k', '*', '2020-01-01', '1', '{}', 'r', $1)",
        [users.supervisor],
      ],
      [
        person(users.officer, 'officer'),
        "INSERT INTO organisations (id, name, uscc, kind, district, created_by) VALUES (gen_random_uuid(), 'n', 'u', 'institution', '210102', $1)",
        [users.supervisor],
      ],
    ];
    for (const [actor, sql, values] of tries)
      expect([sql, await attempt(actor, () => house.app.query(sql, values))]).toEqual([sql, refused]);
  });

  it('stands under what was read: nobody reads for another, nor what is not for his eyes', async () => {
    const { users, institution: organisation, otherInstitution } = house.world;
    const tell = async (to: string): Promise<string> => {
      const id = randomUUID();
      await house.owner.query("INSERT INTO notifications (id, organisation_id, kind, text) VALUES ($1, $2, 'k', '{}')", [id, to]);
      return id;
    };
    const read = (id: string, by: string) => () => house.app.query('INSERT INTO notification_reads VALUES ($1, $2, now())', [id, by]);
    const [own, others] = [await tell(organisation), await tell(otherInstitution)];
    expect(await attempt(institution(), read(own, users.officer))).toBe(refused);
    expect(await attempt(institution(), read(others, users.institution))).toBe(refused);
    expect(await attempt(institution(), read(own, users.institution))).toBe('accepted');
  });

  it('stands under both sides of four eyes: one person cannot be two', async () => {
    const { users, fund } = house.world;
    const propose = (id: string, by: string) => () =>
      house.app.query(
        "INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by) VALUES ($1, $2, 1, 'd', 'proposed', $3)",
        [id, fund, by],
      );
    const approve = (id: string, by: string) => () =>
      house.app.query("UPDATE appropriations SET state = 'approved', approved_by = $2 WHERE id = $1", [id, by]);
    const id = randomUUID();
    expect(await attempt(maker(), propose(id, users.checker), approve(id, users.maker))).toBe(refused);
    expect(await attempt(maker(), propose(id, users.maker), approve(id, users.checker))).toBe(refused);
    expect(await attempt(maker(), propose(id, users.maker))).toBe('accepted');
    const batch = (by: string) => () =>
      house.app.query(
        "INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, line_count, total_fen) VALUES (gen_random_uuid(), gen_random_uuid()::text, $1, 'http', 'draft', $2, 0, 0)",
        [fund, by],
      );
    expect(await attempt(person(users.checker, 'checker'), batch(users.maker))).toBe(refused);
    expect(await attempt(person(users.checker, 'checker'), batch(users.checker))).toBe(refused);
    expect(await attempt(maker(), batch(users.maker))).toBe('accepted');
  });
});

describe('an applicant', () => {
  it('writes no obligation, no line, no notice, no hold, no result and no receipt of the own case', async () => {
    const { caseId, institution: organisation, fund, payeeAccount } = house.world;
    const tries: [string, unknown[]][] = [
      [
        "INSERT INTO disbursements (id, case_id, payment, round, amount_fen, fund_id, payee_account_id, state, requested_on, organisation_id, district) VALUES (gen_random_uuid(), $1, 's9', 1, 1, $3, $4, 'requested', '2020-11-25', $2, '210102')",
        [caseId, organisation, fund, payeeAccount],
      ],
      [
        "INSERT INTO notices (id, case_id, notice_no, public_no, posted_on, working_days, content, content_sha256, state, organisation_id, district) VALUES (gen_random_uuid(), $1, 9, 'N9', '2020-11-25', 5, '{}', '\\x00', 'clear', $2, '210102')",
        [caseId, organisation],
      ],
      [
        "INSERT INTO holds (id, case_id, reason, placed_by, placed_on, organisation_id, district) VALUES (gen_random_uuid(), $1, 'r', 'x', '2020-11-25', $2, '210102')",
        [caseId, organisation],
      ],
    ];
    for (const [sql, values] of tries)
      expect([sql, await attempt(institution(), () => house.app.query(sql, values))]).toEqual([sql, refused]);
  });

  it('may have a payment called back, and moves it nowhere else', async () => {
    const { owner, world, app } = house;
    const id = await requestDisbursement(owner, world, 's7');
    const { transfer } = await draftBatch(owner, world, id);
    const move = (state: string) => () => app.query('UPDATE disbursements SET state = $2, settled_on = now() WHERE id = $1', [id, state]);
    const line = (state: string) => () => app.query('UPDATE transfers SET state = $2 WHERE id = $1', [transfer, state]);
    expect(await attempt(institution(), move('settled'))).toBe(refused);
    expect(await attempt(institution(), line('pending_approval'))).toBe(refused);
    expect(await attempt(institution(), move('cancelled'), line('cancelled'))).toBe('accepted');
  });

  it('does not move the cursor of the bank feed', async () => {
    const { owner, app } = house;
    await owner.query("INSERT INTO bank_feeds VALUES ('http', 7) ON CONFLICT DO NOTHING");
    const moved = await asActor(app, institution(), () => app.query('UPDATE bank_feeds SET last_seq = 99'));
    expect(moved.rowCount).toBe(0);
  });
});

describe('the administrators', () => {
  const admin = person(randomUUID(), 'admin');
  const security = person(randomUUID(), 'security');
  const business = [
    'cases',
    'case_events',
    'case_facts',
    'trainees',
    'evidence',
    'tasks',
    'disbursements',
    'transfers',
    'payee_accounts',
    'batches',
    'postings',
    'entries',
    'funds',
    'account_balances',
    'appropriations',
    'recoveries',
    'recovery_receipts',
    'notices',
    'exclusion_claims',
  ]; // prettier-ignore

  it('see no case, no money and no payee', async () => {
    for (const actor of [admin, security, { ...admin, district: '210102' }]) {
      const seen = await asActor(house.app, actor, async () => {
        const found: string[] = [];
        for (const name of business) if ((await house.app.query(`SELECT FROM ${name}`)).rowCount !== 0) found.push(name);
        return found;
      });
      expect(seen).toEqual([]);
    }
    expect(await asActor(house.app, admin, async () => (await house.app.query('SELECT FROM users')).rowCount)).toBeGreaterThan(0);
  });

  /** An account as it stands; what is tried on it is rolled back. */
  const account = async (standing: string): Promise<(assignments: string) => () => Promise<unknown>> => {
    const id = randomUUID();
    const [status, own, code] = standing.split(' ');
    await house.owner.query(
      `INSERT INTO users (id, username, password_hash, display_name, role, created_by, status, own_password, activation_hash)
       VALUES ($1::uuid, $1::text, 'first', 'n', 'checker', 'somebody', $2, $3, $4)`,
      [id, status, own === 'own', code ?? null],
    );
    return (assignments) => async () => {
      const { rowCount } = await house.app.query(`UPDATE users SET ${assignments} WHERE id = $1`, [id]);
      expect(rowCount).toBe(1);
    };
  };

  it('let nobody in alone: one makes a disabled account, the other grants it, neither changes its role', async () => {
    const { app } = house;
    const make = (status: string, by: string) => () =>
      app.query(
        "INSERT INTO users (id, username, password_hash, display_name, role, status, created_by, activation_hash) VALUES (gen_random_uuid(), gen_random_uuid()::text, '-', 'n', 'checker', $1, $2, CASE $1 WHEN 'active' THEN 'code' END)",
        [status, by],
      );
    expect(await attempt(admin, make('active', admin.userId))).not.toBe('accepted');
    expect(await attempt(admin, make('disabled', 'somebody'))).toBe(refused);
    expect(await attempt(security, make('disabled', security.userId))).not.toBe('accepted');
    expect(await attempt(admin, make('disabled', admin.userId))).toBe('accepted');
    const [made, used] = [await account('disabled'), await account('disabled own')];
    expect(await attempt(admin, used("status = 'active'"))).toBe(refused);
    expect(await attempt(security, used("status = 'active'"))).toBe('accepted');
    expect(await attempt(security, made("status = 'active'"))).toBe('users_granted');
    expect(await attempt(security, made("status = 'active', activation_hash = 'code'"))).toBe('accepted');
    expect(await attempt(system, made("role = 'supervisor'"))).toBe(refused);
  });

  it('hold half an entrance each: one sets the first password, the other the activation code, neither the password of a person', async () => {
    const [made, granted, used] = [await account('disabled'), await account('active first code'), await account('active own')];
    const tries: [typeof admin, () => Promise<unknown>, string][] = [
      [security, made("password_hash = 'mine'"), 'users_first_password'],
      [security, made("password_hash = 'mine', status = 'active', activation_hash = 'code'"), 'users_first_password'],
      [security, granted("password_hash = 'mine'"), 'users_first_password'],
      [admin, made("activation_hash = 'code'"), 'users_activation_code'],
      [admin, made("password_hash = 'mine', activation_hash = 'code'"), 'users_activation_code'],
      [admin, made('own_password = true'), 'users_own_password'],
      [security, made('own_password = true'), 'users_own_password'],
      [admin, made("password_hash = 'mine'"), 'accepted'],
      // whoever sets a first password shuts the account, so that the other has to grant it again
      [admin, granted("password_hash = 'mine'"), 'users_first_password'],
      [admin, used("password_hash = 'mine', status = 'disabled'"), 'users_first_password'],
      [admin, used("password_hash = 'mine', status = 'disabled', own_password = false"), 'accepted'],
      [system, granted("password_hash = 'chosen', own_password = true"), 'users_activated_once'],
      [system, granted("password_hash = 'chosen', own_password = true, activation_hash = NULL"), 'accepted'],
    ];
    for (const [at, [actor, change, outcome]] of tries.entries()) expect([at, await attempt(actor, change)]).toEqual([at, outcome]);
  });

  it('leave no session open under a password that is no more', async () => {
    const { app, world } = house;
    const open = () =>
      app.query(
        `INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at)
         VALUES (sha256('a session'), $1, now(), now(), now() + interval '1 hour')`,
        [world.users.officer],
      );
    const change = (assignment: string) => app.query(`UPDATE users SET ${assignment} WHERE id = $1`, [world.users.officer]);
    const live = async () =>
      (await app.query("SELECT FROM sessions WHERE token_sha256 = sha256('a session') AND revoked_at IS NULL")).rowCount;
    const seen = await asActor(app, system, async () => {
      await open();
      await change("display_name = 'the same password'");
      const before = await live();
      await change("password_hash = 'another'");
      return [before, await live()];
    });
    expect(seen).toEqual([1, 0]);
  });
});

describe('an approved provider', () => {
  it('is not admitted by the person who registered it', async () => {
    const { app, world } = house;
    const id = randomUUID();
    const officer = person(world.users.officer, 'officer');
    const register = () =>
      app.query(
        "INSERT INTO organisations (id, name, uscc, kind, district, created_by) VALUES ($1, 'n', gen_random_uuid()::text, 'institution', '210102', $2)",
        [id, officer.userId],
      );
    const admit = () => app.query('UPDATE organisations SET approved_provider = true WHERE id = $1', [id]);
    expect(await attempt(officer, register, admit)).toBe(refused);
    expect(await attempt(officer, register)).toBe('accepted');
    expect(await attempt(officer, () => app.query("UPDATE organisations SET created_by = 'x' WHERE id = $1", [id]))).toBe(refused);
    expect(await attempt(person(world.users.approver, 'approver'), admit)).toBe('accepted');
  });
});

describe('a claim on a person', () => {
  it('moves to the days of its class and comes to life again, and changes in nothing else', async () => {
    const change = (assignment: string) => () => house.app.query(`UPDATE exclusion_claims SET ${assignment}`);
    expect(await attempt(system, change("period = '[2021-03-01,2021-04-01)'"))).toBe('accepted');
    expect(await attempt(system, change('live = false'))).toBe('accepted');
    expect(await attempt(system, change('case_id = gen_random_uuid()'))).toBe(refused);
    expect(await attempt(system, change("person_key = '\\x00'"))).toBe(refused);
  });
});
