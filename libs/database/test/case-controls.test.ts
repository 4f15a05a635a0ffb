import { describe, expect, it } from '@jest/globals';
import { attemptAs, system, useHouse } from './house.js';

const house = useHouse();
const attempt = attemptAs(house);

describe('correcting events', () => {
  const event = (seq: number, type: string, actor: string, data: unknown) =>
    house.app.query(
      "INSERT INTO case_events VALUES ($1, $2, $3, $4, '{}', $5, 'approver', 'c', '2020-11-26', now(), now(), 'a', '\\x00', '\\x01', $6, '210102')",
      [house.world.caseId, seq, type, data, actor, house.world.institution],
    );
  const proposal = { correction: { type: 'decision.rescinded', data: { decision: 'approval' } }, reason: '核查发现', cite: {} };

  it.each<[string, string, string, unknown, string]>([
    ['another person confirms what was proposed', 'decision.rescinded', 'b', { proposal: 5, decision: 'approval' }, 'accepted'],
    ['the proposer confirms', 'decision.rescinded', 'a', { proposal: 5, decision: 'approval' }, 'case_events_four_eyes'],
    ['something else is confirmed', 'decision.rescinded', 'b', { proposal: 5, decision: 'acceptance' }, 'case_events_four_eyes'],
    ['another type is confirmed', 'notice.withdrawn', 'b', { proposal: 5 }, 'case_events_four_eyes'],
    ['there is no such proposal', 'decision.rescinded', 'b', { proposal: 4, decision: 'approval' }, 'case_events_four_eyes'],
    ['no proposal is named', 'recovery.writtenOff', 'b', { amountFen: '1' }, 'case_events_four_eyes'],
    ['instalments are agreed on by one', 'recovery.instalmentsAgreed', 'b', { instalments: [] }, 'case_events_four_eyes'],
    ['a debt is set off by one', 'recovery.setOff', 'b', { amountFen: '1' }, 'case_events_four_eyes'],
  ])('when %s', async (_, type, actor, data, expected) => {
    expect(
      await attempt(
        system,
        () => event(5, 'correction.proposed', 'a', proposal),
        () => event(6, type, actor, data),
      ),
    ).toBe(expected);
  });

  it('a proposal is decided once', async () => {
    const twice = async () => {
      await event(5, 'correction.proposed', 'a', proposal);
      await event(6, 'correction.dismissed', 'b', { proposal: 5 });
      await event(7, 'decision.rescinded', 'b', { proposal: 5, decision: 'approval' });
    };
    expect(await attempt(system, twice)).toBe('case_events_proposal_decided_once');
  });

  it('a case moves only with its events, only forward, and keeps what it is', async () => {
    const move = (set: string) => house.app.query(`UPDATE cases SET ${set} WHERE id = $1`, [house.world.caseId]);
    expect(
      await attempt(
        system,
        () => event(1, 'case.opened', 'a', {}),
        () => move("version = 1, head_hash = '\\x01'"),
      ),
    ).toBe('accepted');
    expect(
      await attempt(
        system,
        () => event(1, 'case.opened', 'a', {}),
        () => move("version = 1, head_hash = '\\x02'"),
      ),
    ).toBe('cases_head_is_last_event');
    expect(await attempt(system, () => move("version = 1, head_hash = '\\x01'"))).toBe('cases_head_is_last_event');
    expect(await attempt(system, () => move("state = 'paid'"))).toBe('cases_version_grows');
    expect(await attempt(system, () => move("version = 1, case_no = 'other'"))).toBe('cases_identity');
  });
});

describe('a recovery', () => {
  const recovery = (state: string, more = '') =>
    house.app.query(
      `INSERT INTO recoveries (id, case_id, recovery_no, demanded_fen, reason, cite, state, opened_on, organisation_id, district${more && `, ${more.split('=')[0]}`})
       VALUES (gen_random_uuid(), $1, 1, 5, '{}', '{}', $2, '2020-11-26', $3, '210102'${more && `, ${more.split('=')[1]}`})`,
      [house.world.caseId, state, house.world.institution],
    );

  it.each([
    ['demanded', '', 'recoveries_demanded'],
    ['overdue', '', 'recoveries_demanded'],
    ['overdue', "demanded_on='2020-11-26'", 'accepted'],
    ['instalments', "demanded_on='2020-11-26'", 'recoveries_agreed'],
    ['forgiven', "demanded_on='2020-11-26'", 'recoveries_state_check'],
  ])('that is %s (%s) has what made it so', async (state, more, expected) => {
    expect(await attempt(system, () => recovery(state, more))).toBe(expected);
  });
});

describe('claims and clock', () => {
  const claim = (organisation: string, caseId: string, period: string, key = '\\x0a', group = 'training') =>
    house.app.query("INSERT INTO exclusion_claims VALUES (gen_random_uuid(), $1, $2, '210102', $3, $4, $5, true)", [
      caseId,
      organisation,
      key,
      group,
      period,
    ]);

  it.each([
    ['the same days', '[2020-11-25,2020-12-25]', '\\x0a', 'training', 'exclusion_claims_no_overlap'],
    ['one common day', '[2020-12-25,2021-01-25]', '\\x0a', 'training', 'exclusion_claims_no_overlap'],
    ['the day after', '[2020-12-26,2021-01-25]', '\\x0a', 'training', 'accepted'],
    ['another person', '[2020-11-25,2020-12-25]', '\\x0b', 'training', 'accepted'],
    ['another group', '[2020-11-25,2020-12-25]', '\\x0a', 'post', 'accepted'],
  ])('a person is counted once in a group and period, across institutions: %s', async (_, period, key, group, expected) => {
    const { institution, otherInstitution, caseId, otherCaseId } = house.world;
    expect(
      await attempt(
        system,
        () => claim(institution, caseId, '[2020-11-25,2020-12-25]'),
        () => claim(otherInstitution, otherCaseId, period, key, group),
      ),
    ).toBe(expected);
  });

  describe('claims of two cases with the same key on common days', () => {
    type Said = { policy: 'own' | 'other'; othersOnly: boolean; permitted: boolean };
    const names = { own: 'training-subsidy-staged', other: 'another-policy' };
    const take =
      (at: 'caseId' | 'otherCaseId', { policy, othersOnly, permitted }: Said) =>
      async () => {
        const { institution, otherInstitution } = house.world;
        await house.app.query(
          `INSERT INTO exclusion_claims (id, case_id, organisation_id, district, person_key, exclusion_group, period, live, policy_id, others_only, permitted)
         VALUES (gen_random_uuid(), $1, $2, '210102', '\\x0a', 'training', '[2020-11-25,2020-12-25]', true, $3, $4, $5)`,
          [
            house.world[at],
            at === 'caseId' ? institution : otherInstitution,
            othersOnly || permitted ? names[policy] : null,
            othersOnly,
            permitted,
          ],
        );
      };
    const kinds = [false, true].flatMap((othersOnly) => [false, true].map((permitted) => ({ othersOnly, permitted })));
    const pairs = (['own', 'other'] as const).flatMap((policy) =>
      kinds.flatMap((first) =>
        kinds.map(
          (second) =>
            [
              { policy: 'own' as const, ...first },
              { policy, ...second },
            ] as const,
        ),
      ),
    );
    const beside = (first: Said, second: Said) =>
      first.policy === second.policy ? first.othersOnly && second.othersOnly : first.permitted && second.permitted;

    it('stand side by side only where both exclude others alone, or both were promised the combination; whoever asks first is told the same', async () => {
      await house.owner.query('ALTER TABLE exclusion_claims DISABLE TRIGGER exclusion_claims_policy');
      try {
        for (const [first, second] of pairs) {
          const expected = beside(first, second) ? 'accepted' : 'exclusion_claims_no_overlap';
          expect([first, second, await attempt(system, take('caseId', first), take('otherCaseId', second))]).toEqual([
            first,
            second,
            expected,
          ]);
          const { rows } = await house.owner.query('SELECT stand_side_by_side($1, $2, $3, $4, $5, $6) AS beside', [
            ...[first.othersOnly || first.permitted ? names[first.policy] : null, first.othersOnly, first.permitted],
            ...[second.othersOnly || second.permitted ? names[second.policy] : null, second.othersOnly, second.permitted],
          ]);
          expect(rows).toEqual([{ beside: beside(first, second) }]);
        }
      } finally {
        await house.owner.query('ALTER TABLE exclusion_claims ENABLE TRIGGER exclusion_claims_policy');
      }
    });

    it('speak for the policy of their case and name it only where they need to', async () => {
      expect(await attempt(system, take('caseId', { policy: 'own', othersOnly: true, permitted: false }))).toBe('accepted');
      expect(await attempt(system, take('caseId', { policy: 'other', othersOnly: true, permitted: false }))).toBe(
        'exclusion_claims_policy',
      );
      const named = () => house.app.query("UPDATE exclusion_claims SET policy_id = 'training-subsidy-staged'");
      expect(await attempt(system, take('caseId', { policy: 'own', othersOnly: false, permitted: false }), named)).toMatch(
        /^exclusion_claims_(policy|side_by_side)$/,
      );
    });
  });

  it('the sandbox clock is made by the owner and only moves forward', async () => {
    const move = (offset: number) => house.app.query('UPDATE sandbox_clock SET offset_ms = $1', [offset]);
    expect(await attempt(system, () => house.app.query('INSERT INTO sandbox_clock VALUES (1, 0)'))).toBe('42501');
    await house.owner.query('INSERT INTO sandbox_clock VALUES (1, 1000)');
    expect(await attempt(system, () => move(2000))).toBe('accepted');
    expect(await attempt(system, () => move(999))).toBe('sandbox_clock_forward');
    expect(await attempt(system, () => house.app.query('DELETE FROM sandbox_clock'))).toBe('42501');
  });
});

describe('an open task', () => {
  const place = () => [house.world.caseId, house.world.institution];
  const clock = (key: string, lastDay: string | null) => () =>
    house.app.query(
      `INSERT INTO deadlines (id, case_id, key, label, kind, from_date, count, unit, last_day, due_at, provisional, status, cite, trace, set_seq, organisation_id, district)
       VALUES (gen_random_uuid(), $1, $3, '{}', 'service', '2020-11-25', 5, 'workingDays', $4::date, $4::date + 1, $4::date IS NULL, 'running', '{}', '[]', 1, $2, '210102')`,
      [...place(), key, lastDay],
    );
  const task = (kind: string, dueOn: string | null = null) =>
    `INSERT INTO tasks (id, case_id, kind, role, label, state, due_on, opened_at, organisation_id, district)
     SELECT gen_random_uuid(), r.case_id, '${kind}', 'officer', '{}', 'open', ${dueOn === null ? 'NULL' : `DATE '${dueOn}'`}, now(), r.org, '210102' FROM (SELECT $1::uuid AS case_id, $2::uuid AS org) r`;
  const open = (kind: string, dueOn?: string) => () => house.app.query(task(kind, dueOn), place());
  const say = (sql: string) => () => house.app.query(sql);

  it.each<[string, readonly (() => Promise<unknown>)[], string]>([
    ['no clock and no day of its own', [open('k')], '9999-12-31'],
    ['a day of its own and no clock', [open('k', '2020-12-09')], '2020-12-09'],
    ['a clock whose day is not known yet', [clock('a', null), open('k', '2020-12-09')], '2020-12-09'],
    ['two clocks before it was opened', [clock('a', '2020-12-03'), clock('b', '2020-12-02'), open('k', '2020-11-26')], '2020-12-02'],
    ['a clock set afterwards', [open('k'), clock('a', '2020-12-03')], '2020-12-03'],
    ['the nearest clock suspected', [open('k'), clock('a', '2020-12-03'), say("UPDATE deadlines SET status = 'suspected'")], '2020-12-03'],
    [
      'the nearest clock ended',
      [
        open('k'),
        clock('a', '2020-12-03'),
        clock('b', '2020-12-08'),
        say("UPDATE deadlines SET status = 'met', ended_on = '2020-12-01' WHERE key = 'a'"),
      ],
      '2020-12-08',
    ],
    [
      'a clock moved by a new calendar',
      [clock('a', '2020-12-03'), open('k'), say("UPDATE deadlines SET last_day = '2020-12-07'")],
      '2020-12-07',
    ],
    [
      'a lie in its own row',
      [
        clock('a', '2020-12-03'),
        () =>
          house.app.query(`${task('k').replace('due_on,', 'due_on, urgent_on,').replace('NULL,', "NULL, DATE '1999-01-01',")}`, place()),
      ],
      '2020-12-03',
    ],
  ])('stands in the queue by the nearest last day of its case: %s', async (_, steps, expected) => {
    const seen: string[] = [];
    const look = async () => {
      const { rows } = await house.app.query<{ day: string }>('SELECT urgent_on::text AS day FROM tasks WHERE case_id = $1', [
        house.world.caseId,
      ]);
      seen.push(...rows.map(({ day }) => day));
    };
    expect(await attempt(system, ...steps, look)).toBe('accepted');
    expect(seen).toEqual([expected]);
  });
});
