import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { attemptAs, person, system, useHouse } from './house.js';
import { asActor } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);
const sql = (text: string, values: unknown[] = []) => house.app.query(text, values);

describe('whoever is paid', () => {
  const payee = (kind: string, uscc: string | null, key: string | null) =>
    attempt(system, () =>
      sql(
        "INSERT INTO organisations (id, name, uscc, person_key, kind, district, created_by) VALUES ($1, '王*', $2, $3, $4, '210102', 'system:test')",
        [randomUUID(), uscc, key, kind],
      ),
    );
  const key = `\\x${'0a'.repeat(32)}`;

  it.each([
    ['a firm by its credit code', 'enterprise', 'U1', null, 'accepted'],
    ['a citizen by the blind index', 'citizen', null, key, 'accepted'],
    ['a firm without a code', 'enterprise', null, null, 'organisations_known_by'],
    ['a firm by a person’s index', 'enterprise', null, key, 'organisations_known_by'],
    ['a citizen with a credit code beside the index', 'citizen', 'U2', key, 'organisations_known_by'],
    ['a citizen by nothing', 'citizen', null, null, 'organisations_known_by'],
    ['a citizen by a shortened index', 'citizen', null, '\\x0a0b', 'organisations_person_key_check'],
    ['somebody of an unknown kind', 'person', 'U3', null, 'organisations_kind_check'],
  ])('is known in one way: %s', async (_, kind, uscc, personKey, expected) => {
    expect(await payee(kind, uscc, personKey)).toBe(expected);
  });

  it('does not write down who a citizen is', async () => {
    const { institution, users } = house.world;
    const write = () => sql("INSERT INTO citizens VALUES ($1, '\\x00', '王*', '\\x00', '2101**', 'k', '210102', now())", [institution]);
    expect(await attempt(person(users.institution, 'institution', { organisationId: institution }), write)).toBe('42501');
    expect(await attempt(person(users.officer, 'officer', { district: '210102' }), write)).toBe('accepted');
    expect(await attempt(system, write, () => sql("UPDATE citizens SET name_masked = '李*'"))).toBe('42501');
  });
});

describe('a payment that several funds make up', () => {
  /** A second fund, in the account of the first or in another one. */
  async function fund(account = '1'): Promise<string> {
    const id = randomUUID();
    await house.owner.query(
      `INSERT INTO funds (id, code, district, fiscal_year, name, debtor_name, debtor_account_no, debtor_bank_no) VALUES ($1, $2, '210102', 2020, '{}', '财政局', $3, '1')`,
      [id, `G-${id}`, account],
    );
    return id;
  }
  const owed = (shares: string | null) => {
    const { caseId, fund: paying, payeeAccount, institution } = house.world;
    return attempt(system, () =>
      sql(
        `INSERT INTO disbursements (id, case_id, payment, round, amount_fen, fund_id, fund_shares, payee_account_id, state, requested_on, organisation_id, district)
         VALUES ($1, $2, 'shared', 1, 10000, $3, $4, $5, 'requested', '2020-11-26', $6, '210102')`,
        [randomUUID(), caseId, paying, shares, payeeAccount, institution],
      ),
    );
  };

  it('is shared to the last fen, each share of another fund, the last of the fund that pays', async () => {
    const paying = house.world.fund;
    const other = await fund();
    expect(await owed(`${other}=3000+${paying}=7000`)).toBe('accepted');
    expect(await owed(null)).toBe('accepted');
    for (const shares of [
      `${other}=3000+${paying}=6999`,
      `${other}=3000+${paying}=7001`,
      `${paying}=7000+${other}=3000`,
      `${paying}=10000`,
      `${other}=-3000+${paying}=13000`,
    ])
      expect([shares, await owed(shares)]).toEqual([shares, 'disbursements_shares']);
  });

  it('leaves one account: its funds lie there together, and exist', async () => {
    const paying = house.world.fund;
    expect(await owed(`${await fund('2')}=3000+${paying}=7000`)).toBe('disbursements_one_account');
    expect(await owed(`${paying}=3000+${paying}=7000`)).toBe('disbursements_one_account');
    expect(await owed(`${randomUUID()}=3000+${paying}=7000`)).toBe('disbursements_one_account');
  });
});

describe('what a case takes of a group', () => {
  const year = '[2020-01-01,2021-01-01)';
  type Claim = { at?: string; source?: string; live?: boolean; kept?: boolean; cap?: number | null; fen?: number | null; period?: string };
  const claim = ({ at, source = 'case', live = true, kept = true, cap = null, fen = null, period = year }: Claim) => {
    const { caseId, otherCaseId, institution, otherInstitution } = house.world;
    return () =>
      sql(
        `INSERT INTO exclusion_claims (id, case_id, organisation_id, district, person_key, exclusion_group, period, live, source, kept, cap_fen, fen)
         VALUES ($1, $2, $3, '210102', '\\x0c', 'group', $4, $5, $6, $7, $8, $9)`,
        [
          randomUUID(),
          at === 'other' ? otherCaseId : caseId,
          at === 'other' ? otherInstitution : institution,
          period,
          live,
          source,
          kept,
          cap,
          fen,
        ],
      );
  };

  it.each<[string, Claim[], string]>([
    [
      'up to its cap, together',
      [
        { cap: 1000, fen: 400 },
        { at: 'other', cap: 1000, fen: 600 },
      ],
      'accepted',
    ],
    [
      'a fen above the cap',
      [
        { cap: 1000, fen: 400 },
        { at: 'other', cap: 1000, fen: 601 },
      ],
      'exclusion_quotas_cap',
    ],
    ['above the cap alone', [{ cap: 1000, fen: 1001 }], 'exclusion_quotas_cap'],
    [
      'a claim that is not live uses nothing',
      [
        { cap: 1000, fen: 400, live: false },
        { at: 'other', cap: 1000, fen: 1000 },
      ],
      'accepted',
    ],
    [
      'another year has its own cap',
      [
        { cap: 1000, fen: 400 },
        { cap: 1000, fen: 1000, period: '[2021-01-01,2022-01-01)' },
      ],
      'accepted',
    ],
    ['a cap without an amount', [{ cap: 1000 }], 'exclusion_claims_capped'],
    ['less than nothing', [{ cap: 1000, fen: -1 }], 'exclusion_claims_fen_check'],
    ['live, and no longer wanted', [{ kept: false }], 'exclusion_claims_live_kept'],
    ['the same twice by one source', [{ live: false }, { live: false }], 'exclusion_claims_once'],
    ['the same for another source of the case', [{ live: false }, { live: false, source: 'claim:1' }], 'accepted'],
    ['without a cap, by two cases', [{}, { at: 'other' }], 'exclusion_claims_no_overlap'],
    ['without a cap, when the first let go', [{ live: false }, { at: 'other' }], 'accepted'],
  ])('%s', async (_, claims, expected) => {
    expect(await attempt(system, ...claims.map(claim))).toBe(expected);
  });

  it('is given back when it lets go, and asked for again when it returns', async () => {
    const { caseId, otherCaseId } = house.world;
    const live = (id: string, is: boolean) => () => sql('UPDATE exclusion_claims SET live = $2 WHERE case_id = $1', [id, is]);
    const all = [claim({ cap: 1000, fen: 1000 }), live(caseId, false), claim({ at: 'other', cap: 1000, fen: 1000 })];
    expect(await attempt(system, ...all)).toBe('accepted');
    expect(await attempt(system, ...all, live(caseId, true))).toBe('exclusion_quotas_cap');
    expect(await attempt(system, ...all, live(otherCaseId, false), live(caseId, true))).toBe('accepted');
    expect(await attempt(system, ...all, () => sql('UPDATE exclusion_claims SET fen = 1001 WHERE case_id = $1', [otherCaseId]))).toBe(
      'exclusion_quotas_cap',
    );
  });

  it('has sums that nobody writes and only the house reads', async () => {
    const { users } = house.world;
    const change = [{ exclusion_group: 'group', person_key: '\\x0c', period: year, cap_fen: 1000, fen: -400 }];
    for (const write of [
      () => sql("INSERT INTO exclusion_quotas VALUES ('group', '\\x0c', $1, 1000, 0)", [year]),
      () => sql('UPDATE exclusion_quotas SET used_fen = 0'),
      () => sql('DELETE FROM exclusion_quotas'),
      () => sql('SELECT post_quotas($1)', [JSON.stringify(change)]),
    ])
      expect(await attempt(system, write)).toBe('42501');
    const seenBy = async (role: 'system' | 'supervisor') => {
      let seen = -1;
      const count = async () => {
        seen = (await sql('SELECT FROM exclusion_quotas')).rowCount ?? -1;
      };
      const take = claim({ cap: 1000, fen: 400 });
      const as = (name: string) => () => sql("SELECT set_config('app.role', $1, true)", [name]);
      expect(await attempt(person(users.supervisor, 'supervisor'), as('system'), take, as(role), count)).toBe('accepted');
      return seen;
    };
    expect([await seenBy('system'), await seenBy('supervisor')]).toEqual([1, 0]);
  });
});

describe('people on the lists of a case', () => {
  const listed = () => {
    const { caseId, institution } = house.world;
    return sql(
      "INSERT INTO listed_people VALUES (gen_random_uuid(), $1, $2, '210102', 'workers', '2020-11', 1, 'person', '\\x00', '王*', '\\x00', '2101**', '\\x01', 'k')",
      [caseId, institution],
    );
  };

  it('stand in a cell once, are read again from a corrected file, and are never edited', async () => {
    expect(await attempt(system, listed, listed)).toBe('listed_people_case_id_fact_period_row_no_column_name_key');
    expect(await attempt(system, listed, () => sql('DELETE FROM listed_people'), listed)).toBe('accepted');
    expect(await attempt(system, listed, () => sql("UPDATE listed_people SET name_masked = '李*'"))).toBe('42501');
  });

  it('are seen in their place and by their own organisation', async () => {
    const { users, institution, otherInstitution } = house.world;
    const seen = async (userId: string, role: 'officer' | 'institution', where: { district?: string; organisationId?: string }) => {
      let count = -1;
      const look = async () => {
        count = (await sql('SELECT FROM listed_people')).rowCount ?? -1;
      };
      const as = () =>
        sql("SELECT set_config('app.role', $1, true), set_config('app.org', $2, true), set_config('app.district', $3, true)", [
          role,
          where.organisationId ?? '',
          where.district ?? '',
        ]);
      expect(await attempt({ ...system, userId }, listed, as, look)).toBe('accepted');
      return count;
    };
    expect(await seen(users.officer, 'officer', { district: '210102' })).toBe(1);
    expect(await seen(users.farOfficer, 'officer', { district: '210202' })).toBe(0);
    expect(await seen(users.institution, 'institution', { organisationId: institution })).toBe(1);
    expect(await seen(users.otherInstitution, 'institution', { organisationId: otherInstitution })).toBe(0);
  });
});

describe('who counts the months a person drew', () => {
  it('holds whose months it counts until the transaction ends: whoever asks meanwhile waits', async () => {
    const other = new pg.Client({ connectionString: house.database.appUrl });
    await other.connect();
    const ask = (client: pg.Client, key: string) => client.query("SELECT months_drawn(ARRAY[$1::bytea], 'post-months', 'empty')", [key]);
    const meanwhile = (key: string) =>
      asActor(other, system, async () => {
        await other.query("SET LOCAL lock_timeout = '100ms'");
        await ask(other, key);
      });
    try {
      await asActor(house.app, system, async () => {
        await ask(house.app, '\\x0a');
        await expect(meanwhile('\\x0b')).resolves.toBeUndefined();
        await expect(meanwhile('\\x0a')).rejects.toMatchObject({ code: '55P03' });
      });
      await expect(meanwhile('\\x0a')).resolves.toBeUndefined();
    } finally {
      await other.end();
    }
  });
});
