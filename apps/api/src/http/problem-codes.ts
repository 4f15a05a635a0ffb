import type { Text } from '@tranche/policies';

/** One kind of refusal: the HTTP status, and what it says when the place that refuses has nothing better to say. */
export type ProblemKind = { readonly status: number; readonly title: Text; readonly detail: Text };

const kind = (status: number, zhTitle: string, enTitle: string, zh: string, en: string): ProblemKind => ({
  status,
  title: { zh: zhTitle, en: enTitle },
  detail: { zh, en },
});

/** Every stable code the API may answer with. Clients rely on the code; the words may improve. */
export const problemKinds = {
  'json-malformed': kind(
    400,
    'JSON 无法解析',
    'Malformed JSON',
    '请求正文不是合法的 JSON,未做任何改动。',
    'The body is not valid JSON; nothing was changed.',
  ),
  'url-malformed': kind(
    400,
    '地址无法解析',
    'Malformed address',
    '请检查地址中的百分号编码。',
    'Check the percent-encoding of the address.',
  ),
  'request-malformed': kind(400, '请求无法解析', 'Malformed request', '请求不符合 HTTP 规范。', 'The request does not follow HTTP.'),
  'idempotency-key-missing': kind(
    400,
    '缺少 Idempotency-Key',
    'Idempotency-Key missing',
    '写入请求必须带 Idempotency-Key 请求头(1–128 个可见 ASCII 字符),以便安全重试。',
    'Writes need an Idempotency-Key header (1–128 visible ASCII characters), so that they can be repeated safely.',
  ),
  'idempotency-key-invalid': kind(
    400,
    'Idempotency-Key 不合规',
    'Idempotency-Key invalid',
    'Idempotency-Key 须为 1–128 个可见 ASCII 字符。',
    'An Idempotency-Key is 1–128 visible ASCII characters.',
  ),
  'sign-in-required': kind(
    401,
    '需要登录',
    'Sign in first',
    '请先登录,或会话已过期、已注销。',
    'Sign in first; the session may have ended or been revoked.',
  ),
  'sign-in-refused': kind(
    401,
    '登录未成功',
    'Sign-in refused',
    '用户名或密码不正确,或账号已停用;15 分钟内失败 5 次将锁定 15 分钟。',
    'Wrong username or password, or the account is not active; five failures within 15 minutes lock it for 15 minutes.',
  ),
  'role-not-allowed': kind(403, '无此权限', 'Not allowed for this role', '当前岗位不能办理此事项。', 'The signed-in role may not do this.'),
  'four-eyes-required': kind(
    403,
    '须由他人办理',
    'Another person must do this',
    '提出人不得自行批准,请由其他有权人员办理。',
    'Who proposed it may not approve it; another authorised person must.',
  ),
  'duty-conflict': kind(
    403,
    '岗位不相容',
    'Conflicting duties',
    '同一人不得在同一案件中承担两个不相容环节。',
    'The same person may not hold two separate duties on one case.',
  ),
  'route-unknown': kind(
    404,
    '没有此地址',
    'No such address',
    '接口清单见 /api/openapi.json。',
    'All addresses are listed in /api/openapi.json.',
  ),
  'not-found': kind(
    404,
    '未找到',
    'Not found',
    '没有这条记录,或不属于您可见的范围。',
    'There is no such record, or it is not within what you may see.',
  ),
  'method-not-allowed': kind(
    405,
    '不支持此方法',
    'Method not allowed',
    '此地址不支持该 HTTP 方法。',
    'This address does not take that HTTP method.',
  ),
  'request-timeout': kind(
    408,
    '请求超时',
    'Request timed out',
    '请求未在时限内完整送达。',
    'The request did not arrive completely in time.',
  ),
  conflict: kind(
    409,
    '与现状冲突',
    'Conflict with the present state',
    '记录的当前状态不允许此操作,请刷新后重试。',
    'The record is not in a state that allows this; reload it.',
  ),
  'already-exists': kind(409, '已存在', 'Already exists', '相同的记录已经存在。', 'Such a record exists already.'),
  'already-decided': kind(409, '已有决定', 'Already decided', '该事项已经批准或驳回。', 'This has been approved or rejected already.'),
  'event-not-allowed': kind(
    409,
    '当前不能办理',
    'Not allowed in this state',
    '案件当前状态不接受此事件;可办理的事件见 allowedEvents。',
    'The case does not accept this event now; allowedEvents lists what it does accept.',
  ),
  'case-changed': kind(
    409,
    '案件已被更新',
    'The case has changed',
    '案件版本已变化,请刷新后重试。',
    'The case has another version by now; reload it and decide again.',
  ),
  'clock-backwards': kind(409, '时钟只能前移', 'The clock only moves forward', '业务时钟不能回拨。', 'The legal clock cannot be set back.'),
  'body-too-large': kind(
    413,
    '内容过大',
    'Body too large',
    '请求内容超过上限,未做任何改动。',
    'The body is over the limit; nothing was changed.',
  ),
  'url-too-long': kind(414, '地址过长', 'Address too long', '地址中的某一段过长。', 'A part of the address is too long.'),
  'media-type-unsupported': kind(
    415,
    '内容类型不支持',
    'Unsupported media type',
    '请使用 application/json;上传文件请使用 multipart/form-data。',
    'Send application/json; upload files as multipart/form-data.',
  ),
  'request-invalid': kind(
    422,
    '内容不合规',
    'Invalid content',
    '请按 errors 中的提示修改;未做任何改动。',
    'See errors for each field; nothing was changed.',
  ),
  'text-invalid': kind(
    422,
    '含有非法字符',
    'Text contains characters that cannot be stored',
    '文本含有 U+0000 或不成对的代理字符。',
    'The text contains U+0000 or a lone surrogate.',
  ),
  'cursor-invalid': kind(
    422,
    '翻页标记无效',
    'Invalid cursor',
    'cursor 只能使用上一页返回的 nextCursor。',
    'A cursor can only be the nextCursor of the page before.',
  ),
  'idempotency-key-reused': kind(
    422,
    'Idempotency-Key 已用于其他内容',
    'Idempotency-Key used for something else',
    '同一 Idempotency-Key 曾提交过不同内容;请换一个新的。',
    'This Idempotency-Key was sent with another request; use a fresh one.',
  ),
  'event-unknown': kind(
    422,
    '没有此事件',
    'Unknown event',
    '此政策没有这一事件,或该事件只能由系统产生。',
    'The policy has no such event, or only the system may send it.',
  ),
  'calendar-not-published': kind(
    422,
    '该年放假安排尚未公布',
    'Calendar not published',
    '国务院尚未公布该年的放假安排,无法计算工作日。',
    'The State Council has not published the holidays of that year, so working days cannot be counted.',
  ),
  'file-invalid': kind(
    422,
    '文件无法使用',
    'File cannot be used',
    '文件格式或内容不合规,未导入任何内容。',
    'The file is not what is expected; nothing was imported.',
  ),
  'file-missing': kind(
    422,
    '缺少文件',
    'File missing',
    '请以 multipart/form-data 上传一个名为 file 的文件。',
    'Upload one file named "file" as multipart/form-data.',
  ),
  'rate-limited': kind(429, '请求过于频繁', 'Too many requests', '请稍后再试。', 'Try again a little later.'),
  internal: kind(
    500,
    '系统内部错误',
    'Internal error',
    '未能完成;请凭请求编号联系运维人员。可用同一 Idempotency-Key 重试。',
    'This could not be completed; tell the operator the request id. It is safe to repeat it with the same Idempotency-Key.',
  ),
  'not-available': kind(
    503,
    '暂不可用',
    'Not available now',
    '服务正在启动、停止或繁忙,请稍后再试。',
    'The service is starting, stopping or busy; try again shortly.',
  ),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemKinds, code);
