// The parts of `tranche demo` that need no sandbox; the stories themselves run in test/demo.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkResidentId } from '@tranche/identifiers';
import fc from 'fast-check';
import { ApiProblem, DemoProblem, waitFor } from '../src/demo/client.js';
import { attendanceFile, inventTrainees, resultsFile, rosterFile } from '../src/demo/people.js';
import { problemLines } from '../src/demo/run.js';
import { findSandbox } from '../src/demo/sandbox.js';
import { lostAnswer } from '../src/demo/stories/lost-answer.js';
import { paidInFull } from '../src/demo/stories/paid-in-full.js';
import { recovered } from '../src/demo/stories/recovered.js';
import { ACTOR_LABELS } from '../src/demo/story.js';
import { lastDayText } from '../src/demo/views.js';
import { text } from '../src/terminal/language.js';
import { noteRunning, readRunning } from '../src/up/running.js';
import { tempFolder } from './temp-folder.js';

const dir = tempFolder();
const dice = (seed: number) => (bound: number) => (seed * 7919 + bound * 31) % bound;

describe('the invented trainees', () => {
  it('have valid numbers, all different, whatever the dice say', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 300, maxLength: 300 }), (throws) => {
        let at = 0;
        const people = inventTrainees(100, (bound) => (throws[at++] ?? 0) % bound);
        expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(100);
        for (const { name, idNumber } of people) {
          expect(checkResidentId(idNumber)).toMatchObject({ valid: true });
          expect(name).toContain('样');
        }
      }),
      { numRuns: 20 },
    );
  });

  it('fill a roster, an attendance list and results of one row each', () => {
    const people = inventTrainees(3, dice(1));
    expect(rosterFile(people).trim().split('\r\n')).toHaveLength(4);
    expect(attendanceFile(['2020-11-26', '2020-11-27'], 3).trim().split('\r\n')).toEqual([
      '日期,节次,课时,应到,实到',
      '2020-11-26,1,4,3,3',
      '2020-11-26,2,4,3,3',
      '2020-11-27,1,4,3,3',
      '2020-11-27,2,4,3,3',
    ]);
    expect(resultsFile(people, false)).toContain(`${people[0]?.idNumber},不合格`);
  });
});

describe('the stories', () => {
  it.each([paidInFull, recovered, lostAnswer])('say every step in both languages: $title.en', ({ title, about, steps }) => {
    for (const words of [title, about, ...steps.map(({ does }) => does), ...Object.values(ACTOR_LABELS)]) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en).toMatch(/^[\u0020-\u007e\u2019]+$/);
    }
  });

  it('never let one person do what another must check', () => {
    const duties = (story: typeof paidInFull) => story.steps.map(({ who }) => who);
    for (const story of [paidInFull, recovered, lostAnswer]) {
      const who = duties(story);
      expect(who.indexOf('maker')).toBeLessThan(who.indexOf('checker'));
      for (const duty of ['institution', 'officer', 'reviewer', 'approver'] as const) expect(who).toContain(duty);
    }
  });
});

describe('a problem+json of the API', () => {
  const problem = {
    status: 409,
    code: 'event-not-allowed',
    title: '此刻不能办理',
    detail: '案件尚未审批。',
    errors: [{ field: 'type', code: 'event-not-allowed', message: '须：已审批' }],
    allowedEvents: [{ type: 'application.submitted', label: text('提交申报', 'Application submitted') }],
  };

  it('is told in plain words: what was asked, why not, what is possible', () => {
    expect(problemLines(new ApiProblem('POST /api/v1/cases/x/events', problem), 'zh')).toEqual([
      '接口没有接受这一步：POST /api/v1/cases/x/events',
      '  409 event-not-allowed  此刻不能办理',
      '  案件尚未审批。',
      '  type: event-not-allowed 须：已审批',
      '  此刻可办：提交申报 application.submitted',
    ]);
  });
});

describe('waiting', () => {
  it('ends with the first answer', async () => {
    let asked = 0;
    expect(await waitFor(text('三', 'three'), async () => (++asked < 3 ? null : asked))).toBe(3);
  });

  it('gives up at its deadline and says what it waited for', async () => {
    await expect(waitFor(text('到账', 'the money'), async () => null, 100)).rejects.toThrow(/waited 0\.1 s in vain: the money/);
  });

  it('does not hide a refusal', async () => {
    const refused = async () => Promise.reject(new DemoProblem(text('不', 'no')));
    await expect(waitFor(text('到账', 'the money'), refused)).rejects.toThrow('no');
  });
});

describe('the last day of a clock', () => {
  const clock = {
    key: 'payment:s1',

    status: 'running',
    endedOn: null,
    cite: { doc: '', clause: '', basis: 'stated' },
  } as const;
  it.each([
    [{ ...clock, kind: 'statutory', lastDay: '2020-12-10', provisional: false }, '2020-12-10（法定）'],
    [{ ...clock, kind: 'service', lastDay: '2020-12-10', provisional: false }, '2020-12-10（内部）'],
    [{ ...clock, kind: 'statutory', lastDay: null, provisional: true }, '暂定（节假日未公布）'],
  ] as const)('%j reads %s', (deadline, words) => {
    expect(lastDayText(deadline).zh).toBe(words);
  });
});

describe('where the sandbox runs', () => {
  it('is noted beside its data and forgotten when it stops', () => {
    expect(readRunning(dir)).toBeNull();
    const forget = noteRunning(dir, { address: 'http://127.0.0.1:3000', bank: 'http://127.0.0.1:4000' });
    expect(readRunning(dir)).toEqual({ pid: process.pid, address: 'http://127.0.0.1:3000', bank: 'http://127.0.0.1:4000' });
    forget();
    expect(readRunning(dir)).toBeNull();
  });

  it('is not believed when the note is broken', () => {
    writeFileSync(join(dir, 'running.json'), '{"address":1}');
    expect(readRunning(dir)).toBeNull();
  });

  it('is refused in one sentence when nothing answers at the address given', async () => {
    const starting = () => {
      throw new Error('must not start one');
    };
    const found = findSandbox({ url: 'http://127.0.0.1:9/', dir, env: {} }, starting);
    await expect(found).rejects.toThrow('http://127.0.0.1:9 does not answer');
  });
});
