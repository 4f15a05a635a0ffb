import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigInvalid, readConfig } from '../src/config.js';
import { afterId, page } from '../src/fields/paging.js';
import { languageOf, Problem } from '../src/http/problem.js';
import { problemKinds } from '../src/http/problem-codes.js';
import { problemOf } from '../src/http/problem-of.js';
import { describeError, masked } from '../src/http/request-log.js';
import { unstorableAt } from '../src/http/text-check.js';
import { tokenOf } from '../src/sessions/session-cookie.js';

describe('the language', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['zh-Hans-CN, en;q=0.9', 'zh'],
    ['en;q=0.5, zh;q=0.4', 'en'],
    ['en;q=0', 'zh'],
    ['de, *;q=0.1', 'zh'],
    ['en;q=abc, zh', 'zh'],
  ])('of %p is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('what is logged', () => {
  it.each([
    ['account 6222020000000000017 refused', 'account 62***17 refused'],
    ['210202199001010019', '21***19'],
    ['21020219900101001X', '21***1X'],
    ['no mail for <li.ming@example.cn>, nor for 王明@例子.中国', 'no mail for <***@example.cn>, nor for ***@例子.中国'],
    ['code 23505 at line 42', 'code 23505 at line 42'],
  ])('of %p is %p', (text, kept) => {
    expect(masked(text)).toBe(kept);
  });
});

describe('an error in the log', () => {
  it('of the database says its codes and the way to it, and none of its words', () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "王小明"\n二〇二〇年"'), {
      severity: 'ERROR',
      code: '22P02',
      table: 'x',
    });
    const told = describeError(error);
    expect(told).toMatchObject({ type: 'database', code: '22P02', table: 'x' });
    expect(told['stack']).toContain('words.test');
    expect(JSON.stringify(told)).not.toMatch(/王小明|二〇二〇/);
  });

  it('of ours is told, with long numbers masked', () => {
    expect(describeError(new TypeError('account 6222020000000000017'))).toMatchObject({ type: 'TypeError', message: 'account 62***17' });
    expect(describeError('thrown')).toMatchObject({ type: 'string', message: '' });
  });
});

describe('text', () => {
  it('is found wanting wherever U+0000 or a lone surrogate hides, and nowhere else', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.array(fc.string({ unit: 'grapheme-ascii' }), { maxLength: 5 }), (json, path) => {
        const clean = JSON.parse(JSON.stringify(JSON.parse(json)).replace(/\\u0000/g, ''));
        expect(unstorableAt(clean, 'body')).toBeNull();
        for (const poison of ['a\0b', '\ud800', '\udc00x']) {
          const hidden = path.reduce<unknown>((inner, key) => ({ [key]: [inner] }), poison);
          expect(unstorableAt({ ...{ clean }, hidden }, 'body')).not.toBeNull();
        }
      }),
    );
  });

  it('of emoji is a pair, not a lone surrogate', () => {
    expect(unstorableAt('培训😀', 'body')).toBeNull();
  });
});

describe('what was thrown', () => {
  it.each([
    [new Error('SELECT secret'), 'internal'],
    ['a string', 'internal'],
    [undefined, 'internal'],
    [Object.assign(new Error(), { code: '22P05' }), 'text-invalid'],
    [Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE' }), 'body-too-large'],
    [Object.assign(new Error(), { statusCode: 418 }), 'internal'],
    [new Problem('case-changed'), 'case-changed'],
  ])('%p becomes %s', (thrown, code) => {
    expect(problemOf(thrown).code).toBe(code);
  });

  it('has a status that fits and words in both languages, for every code', () => {
    for (const [code, { status, title, detail }] of Object.entries(problemKinds)) {
      expect([code, status >= 400 && status < 600]).toEqual([code, true]);
      for (const text of [title, detail])
        expect([code, text.zh !== '', text.en !== '', /\p{Script=Han}/u.test(text.en)]).toEqual([code, true, true, false]);
    }
  });
});

describe('pages', () => {
  it('end when nothing is left, and begin behind the last id', () => {
    const ids = ['01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002'];
    const first = page(
      ids,
      1,
      (id) => id,
      (id) => id,
    );
    expect(first.items).toEqual([ids[0]]);
    expect(afterId(first.nextCursor ?? undefined)).toBe(ids[0]);
    expect(
      page(
        ids,
        2,
        (id) => id,
        (id) => id,
      ).nextCursor,
    ).toBeNull();
  });

  it.each(['', '!!', ...["1' OR true", '123', '123:4'].map((text) => Buffer.from(text).toString('base64url'))])(
    'refuse the cursor %p',
    (cursor) => {
      expect(() => afterId(cursor)).toThrow('cursor-invalid');
    },
  );
});

describe('a token', () => {
  const token = 'A'.repeat(43);
  const of = (headers: object, sandbox = false) => tokenOf({ headers } as never, sandbox);
  it.each([
    [{ authorization: `Bearer ${token}` }, token],
    [{ authorization: `bearer ${token}` }, token],
    [{ authorization: `Basic ${token}` }, null],
    [{ authorization: 'Bearer short' }, null],
    [{ cookie: `x=1; __Host-tranche-session=${token}` }, token],
    [{ cookie: `tranche-session=${token}` }, null],
    [{ cookie: `y__Host-tranche-session=${token}` }, null],
    [{ authorization: 'Bearer short', cookie: `__Host-tranche-session=${token}` }, null],
    [{}, null],
  ])('is read from %p', (headers, wanted) => {
    expect(of(headers)).toBe(wanted);
  });
});

describe('the configuration', () => {
  const good = { DATABASE_URL: 'postgres://a@b/c', TRANCHE_KEY_FILE: '/k' };
  it('has sane defaults and is frozen', () => {
    const config = readConfig(good);
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', sandbox: false, queueUrl: null, sessionMs: 8 * 3_600_000 });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each([{ DATABASE_URL: 'x' }, { PORT: 'http' }, { TRANCHE_SANDBOX: 'maybe' }, { SESSION_HOURS: '1000' }, { QUEUE_URL: 'amqp://x' }])(
    'refuses %p by name',
    (wrong) => {
      const [name = ''] = Object.keys(wrong);
      expect(() => readConfig({ ...good, ...wrong })).toThrow(ConfigInvalid);
      expect(() => readConfig({ ...good, ...wrong })).toThrow(name);
    },
  );
});
