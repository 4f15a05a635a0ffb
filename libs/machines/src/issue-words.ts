import type { Text } from '@tranche/policies';
import type { z } from 'zod';
import { text } from './region.js';

type Issue = z.core.$ZodIssue;

/**
 * Issues as single fields. Where a body fits none of several forms, it is told what is wrong with the form that comes nearest, field by field,
 * instead of that nothing fits.
 */
export const fieldIssues = (issues: readonly Issue[]): readonly Issue[] =>
  issues.flatMap((issue) => {
    const nearest = issue.code === 'invalid_union' ? nearestForm(issue) : [];
    const ofFields = nearest.length > 0 && nearest.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys');
    return ofFields ? fieldIssues(nearest.map((each) => ({ ...each, path: [...issue.path, ...each.path] }))) : [issue];
  });

/** The complaints of the alternative that has the fewest. */
const nearestForm = ({ errors }: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] =>
  errors.toSorted((a, b) => a.length - b.length)[0] ?? [];

/**
 * What is wrong with a field and what would be accepted, for people who filled in a form: the one place where a schema's complaint becomes
 * words. Needs the input that was refused (`reportInput: true`): what is missing is told otherwise than what is wrong.
 */
export function issueWords(issue: Issue): Text {
  if (missing(issue)) return text('请填写此项。', 'Please fill this in.');
  switch (issue.code) {
    case 'invalid_type':
      return expected[issue.expected] ?? text('内容的类型不符。', 'This is of another kind than expected.');
    case 'too_small':
      return bound(issue.origin, 'least', Number(issue.minimum), issue.inclusive !== false, issue.input);
    case 'too_big':
      return bound(issue.origin, 'most', Number(issue.maximum), issue.inclusive !== false, issue.input);
    case 'invalid_format':
      return formatWords(issue);
    case 'invalid_value':
      return choiceWords(issue.values.map(String));
    case 'unrecognized_keys':
      return text(
        `这里没有名为“${issue.keys.join('”“')}”的项，请删除。`,
        `There is no item called ${issue.keys.map((key) => `"${key}"`).join(', ')} here; leave it out.`,
      );
    case 'invalid_union':
      return unionWords(issue);
    case 'custom':
      return custom[issue.message] ?? text(`不符合要求：${issue.message}`, issue.message);
    default:
      return text(`不符合要求：${issue.message}`, issue.message);
  }
}

/** Nothing, or only an empty text, where something is wanted. */
const missing = (issue: Issue): boolean =>
  issue.input === undefined
    ? issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union'
    : issue.input === '' && (issue.code === 'too_small' || issue.code === 'invalid_format' || issue.code === 'invalid_value');

const whole = text('应为整数，如 12。', 'A whole number is wanted, such as 12.');
const expected: Readonly<Record<string, Text>> = {
  string: text('应为文字。', 'A text is wanted.'),
  number: text('应为数字。', 'A number is wanted.'),
  int: whole,
  boolean: text('应选“是”或“否”。', 'Yes or no is wanted.'),
  array: text('应为列表，逐项填写。', 'A list is wanted, item by item.'),
  object: text('应为一组填写项。', 'A group of fields is wanted.'),
  record: text('应为一组填写项。', 'A group of fields is wanted.'),
};

const sized: Readonly<Record<string, (limit: number) => Text>> = {
  string: (limit) => text(`${limit} 个字`, `${limit} character${limit === 1 ? '' : 's'}`),
  array: (limit) => text(`${limit} 项`, `${limit} item${limit === 1 ? '' : 's'}`),
};

/** Lengths are told with how long it is now. */
function bound(origin: string, side: 'least' | 'most', limit: number, inclusive: boolean, input: unknown): Text {
  const size = sized[origin];
  if (size === undefined) {
    const over = text(`应大于 ${limit}。`, `More than ${limit} is wanted.`);
    const under = text(`应小于 ${limit}。`, `Less than ${limit} is wanted.`);
    if (!inclusive) return side === 'least' ? over : under;
    return side === 'least'
      ? text(`不能小于 ${limit}。`, `It cannot be less than ${limit}.`)
      : text(`不能大于 ${limit}。`, `It cannot be more than ${limit}.`);
  }
  const length = typeof input === 'string' || Array.isArray(input) ? input.length : null;
  const now = length === null ? text('', '') : text(`，现在是 ${size(length).zh}`, `, it has ${length} now`);
  const said = size(limit);
  return side === 'least'
    ? text(`至少 ${said.zh}${now.zh}。`, `At least ${said.en} wanted${now.en}.`)
    : text(`至多 ${said.zh}${now.zh}。`, `At most ${said.en} may stand here${now.en}.`);
}

const amount = text(
  '应为大于 0 的金额，单位元，至多两位小数，如 1234.56 元。',
  'An amount above zero, in yuan with at most two decimals, such as 1234.56.',
);
const anyAmount = text('应为金额，单位元，至多两位小数，如 1234.56 元。', 'An amount in yuan with at most two decimals, such as 1234.56.');
const unwritable = text(
  '含有不可书写的字符（如 U+0000），请删除。',
  'It contains a character that cannot be written (such as U+0000); remove it.',
);
const place = text('应为地区代码，如 CN-2102。', 'The code of a place is wanted, such as CN-2102.');

const formats: Readonly<Record<string, Text>> = {
  date: text('应为真实日期，如 2020-11-25。', 'A real date is wanted, such as 2020-11-25.'),
  datetime: text(
    '应为带时区的时刻，如 2020-11-25T09:00:00+08:00。',
    'An instant with its offset is wanted, such as 2020-11-25T09:00:00+08:00.',
  ),
  uuid: text('编号无效，请从列表中重新选择。', 'This is no id of ours; choose it from the list again.'),
  email: text('应为电子邮箱地址，如 name@example.org。', 'An e-mail address is wanted, such as name@example.org.'),
  url: text('应为完整网址，如 https://example.org/notice。', 'A whole address is wanted, such as https://example.org/notice.'),
};

/** What the patterns of the house accept; the pattern's own text is the key, so that a new one without words is found by a test. */
export const patternWords: Readonly<Record<string, Text>> = {
  '^[1-9]\\d{0,18}$': amount,
  '^[1-9]\\d{0,17}$': amount,
  '^[1-9]\\d{0,15}$': amount,
  '^(0|[1-9]\\d{0,15})$': anyAmount,
  '^(0|-?[1-9]\\d{0,17})$': anyAmount,
  '^-?\\d{1,18}$': whole,
  '^[\\P{Cc}\\s]*$': unwritable,
  '^[0-9a-f]{64}$': text('应为 64 位小写十六进制的校验值。', 'A checksum of 64 lower-case hexadecimal digits is wanted.'),
  '^[\\w:+/=-]{16,128}$': text('校验值无效，请重新打开页面后再试。', 'This is no checksum of ours; open the page again.'),
  '^\\d{4}-(0[1-9]|1[0-2]|Q[1-4])$': text(
    '应为月份或季度，如 2021-01、2021-Q1。',
    'A month or a quarter is wanted, such as 2021-01 or 2021-Q1.',
  ),
  '^([01]\\d|2[0-3]):[0-5]\\d$': text('应为时刻，如 16:30。', 'A time of the day is wanted, such as 16:30.'),
  '^CN(-\\d{2,6})?$': place,
  '^(\\*|CN(-\\d{2,6})?|\\d{6})$': text(
    '应为适用范围：*、CN-2102 或 210202 之类。',
    'A scope is wanted: *, or a place such as CN-2102 or 210202.',
  ),
  '^[a-z0-9][a-z0-9._-]{1,62}$': text(
    '应为 2 至 63 位小写字母、数字或 . _ -，以字母或数字开头，如 wang.li。',
    'Two to 63 lower-case letters, digits or . _ -, beginning with a letter or digit, such as wang.li.',
  ),
  '^\\+?\\d[\\d ()-]{5,28}\\d$': text('应为电话号码，如 0411-88889999。', 'A telephone number is wanted, such as 0411-88889999.'),
  '^F\\d{1,2}[A-Z]?$': text('应为资金代码，如 F1。', 'The code of a fund is wanted, such as F1.'),
  '^[a-z0-9-]{1,80}$': text(
    '应为政策编号：小写字母、数字和连字符。',
    'The id of a policy is wanted: lower-case letters, digits and hyphens.',
  ),
  '^[\\x21-\\x7e]{1,128}$': text('应为 1 至 128 个可见的英文字符。', 'One to 128 visible ASCII characters are wanted.'),
  '^[a-zA-Z][a-zA-Z0-9]{0,60}$': text('应为事实的名称，如 plannedHours。', 'The name of a fact is wanted, such as plannedHours.'),
  '^[A-Za-z0-9_.{}-]{1,80}$': text(
    '应为文件名规则，如 {batch}_{part}.csv。',
    'A rule for names of files is wanted, such as {batch}_{part}.csv.',
  ),
  '^-?\\d+(\\.\\d{1,2})?$': text('应为百分数，至多两位小数，如 95.5。', 'A percentage with at most two decimals is wanted, such as 95.5.'),
  '^[A-Z0-9-]{6,60}$': text('应为受理编号，照回执填写。', 'The receipt number is wanted, as it stands on the receipt.'),
};

function formatWords(issue: Extract<Issue, { code: 'invalid_format' }>): Text {
  const pattern = 'pattern' in issue && typeof issue.pattern === 'string' ? issue.pattern.replace(/^\/|\/[a-z]*$/g, '') : '';
  const digits = /^\^\\d\{(\d+)(?:,(\d+))?\}\$$/.exec(pattern);
  if (digits !== null) {
    const [, least = '', most = least] = digits;
    const many = least === most ? least : `${least} 至 ${most}`;
    return text(`应为 ${many} 位数字。`, `${least === most ? least : `${least} to ${most}`} digits are wanted.`);
  }
  return formats[issue.format] ?? patternWords[pattern] ?? text('格式不符，请照示例填写。', 'The form is not as expected.');
}

const choiceWords = (values: readonly string[]): Text =>
  values.length === 1
    ? text(`只能是 ${values[0]}。`, `It can only be ${values[0]}.`)
    : text(`只能从以下各项中选择：${values.join('、')}。`, `Choose one of: ${values.join(', ')}.`);

function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>): Text {
  const [first] = nearestForm(issue);
  if (first === undefined) return text('请先选择是哪一种。', 'Choose first which kind it is.');
  // a whole number may be told as a number or as a text of digits
  const wanted = issue.errors.some(
    ([each]) => each?.code === 'invalid_type' && each.path.length === 0 && (each.expected === 'int' || each.expected === 'number'),
  );
  return wanted ? whole : issueWords({ ...first, input: issue.input } as Issue);
}

const custom: Readonly<Record<string, Text>> = {
  'more than an int64 holds': text('金额过大，请检查位数。', 'The amount is too large; check its digits.'),
};
