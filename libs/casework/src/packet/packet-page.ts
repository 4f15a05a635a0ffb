import type { Assessment } from '@tranche/policies';
import type { Packet } from './packet.js';
import { both, clause, hash, html, page, section, table, words, yuan } from './page-parts.js';

/** The packet as people read it: Chinese with the English beside it, self-contained, printable. The JSON is what is checked. */
export function packetPage(packet: Packet): string {
  const { caseNo, payment } = packet;
  const title = `审计包 ${caseNo}${payment === null ? '' : ` ${payment}`}`;
  return page(title, [
    `<h1>${words(title, `Audit packet of case ${caseNo}`).html}</h1>`,
    summary(packet),
    decision(packet),
    payments(packet),
    setOffs(packet),
    steps(packet),
    batches(packet),
    bank(packet),
    notices(packet),
    deadlines(packet),
    recovery(packet),
    ledger(packet),
    files(packet),
    position(packet),
  ]);
}

const th = words;
const on = th('日期', 'date');
const state = th('状态', 'state');
const amount = th('金额', 'amount');

function nameOf({ witnesses: { people } }: Packet): (id: string) => string {
  const names = new Map(people.map(({ id, name, role }) => [id, `${name} (${role})`]));
  return (id) => names.get(id) ?? id;
}

function summary({ record, story }: Packet): string {
  const { policyId, policyVersion, jurisdiction, openedOn } = record.case;
  return section(
    '概要',
    'Summary',
    table(
      [th('事项', 'item'), th('内容', 'value')],
      [
        [th('政策', 'policy'), `${policyId} ${policyVersion} ${jurisdiction}`],
        [th('立案', 'opened'), openedOn],
        [th('状态', 'state'), `${record.case.state} / ${record.case.standing}`],
        [th('应得', 'entitled'), yuan(story.standing?.entitledFen ?? null)],
        [th('已到账', 'settled'), yuan(story.sums.settledFen)],
        [th('已收回', 'repaid'), yuan(story.sums.receivedFen)],
        [th('已核销', 'written off'), yuan(story.sums.writtenOffFen)],
      ],
    ),
  );
}

function decision({ story }: Packet): string {
  const facts = section('认定依据的事实', 'Facts', `<pre>${html(escapedJson(story.facts)).html}</pre>`);
  const decided = story.decision;
  if (decided === null || !decided.ok) return facts;
  return facts + ruling(decided) + story.periods.flatMap(({ assessed }) => (assessed.ok ? [ruling(assessed)] : [])).join('');
}

const escapedJson = (value: unknown): string => JSON.stringify(value, null, 1).replace(/&/g, '&amp;').replace(/</g, '&lt;');
const yes = (result: boolean | null) => (result === null ? th('未知', 'open') : result ? th('符合', 'met') : th('不符合', 'not met'));

function ruling({ summary: verdict, rules, amounts, parameters }: Assessment): string {
  return (
    section(
      '规则与条款',
      'Rules and clauses',
      `<p>${both(verdict).html}</p>`,
      table(
        [th('规则', 'rule'), th('结果', 'result'), th('条款', 'clause'), th('算式', 'expression'), th('输入', 'inputs')],
        rules.map(({ reason, result, cite, expression, inputs }) => [
          both(reason),
          yes(result),
          clause(cite),
          expression,
          JSON.stringify(inputs),
        ]),
      ),
    ) +
    section(
      '金额及理由',
      'Amounts and why',
      table(
        [amount, th('名称', 'what'), th('条款', 'clause'), th('算式', 'expression')],
        Object.values(amounts).map(({ fen, label, cite, expression }) => [yuan(fen), both(label), clause(cite), expression]),
      ),
    ) +
    section(
      '参数',
      'Parameters',
      table(
        [th('参数', 'parameter'), th('值', 'value'), th('生效日', 'in force from'), th('适用', 'scope'), th('依据', 'source')],
        parameters.map(({ label, value, from, scope, cite }) => [both(label), JSON.stringify(value), from, scope, clause(cite)]),
      ),
    )
  );
}

function payments({ record, witnesses: { transfers } }: Packet): string {
  return section(
    '拨付',
    'Payments',
    table(
      [
        th('批次', 'tranche'),
        amount,
        state,
        th('发起', 'requested'),
        th('到账', 'settled'),
        th('端到端编号', 'end-to-end id'),
        th('账号', 'account'),
      ],
      record.disbursements.map(({ id, payment, round, amountFen, state: now, requestedOn, settledOn }) => {
        const own = transfers.filter(({ disbursementId }) => disbursementId === id);
        const ids = own.map(({ endToEndId }) => endToEndId).join(' ');
        return [`${payment}/${round}`, yuan(amountFen), now, requestedOn, settledOn, ids, own.at(-1)?.accountMasked ?? null];
      }),
    ),
  );
}

/** Why less was transferred than was due, or more is repaid than was received; nothing where nothing was set off. */
function setOffs({ story, witnesses }: Packet): string {
  const told = story.setOffs ?? [];
  if (told.length === 0) return '';
  const numbers = new Map((witnesses.setOffs ?? []).map(({ id, otherCaseNo }) => [id, otherCaseNo]));
  return section(
    '抵扣',
    'Set-offs',
    table(
      [on, th('事项', 'what'), th('拨付批次', 'tranche'), amount, th('另案', 'other case'), th('是否有效', 'stands'), th('条款', 'clause')],
      told.map((each) => [
        each.on,
        each.side === 'payment'
          ? th('自本案应付款中扣减，抵另案应退款', 'kept back of a payment of this case, for a debt of the other')
          : th('本案应退款，自另案应付款中扣减', 'owed in this case, kept back of a payment of the other'),
        each.payment,
        yuan(each.amountFen),
        numbers.get(each.id) ?? each.otherCaseId,
        each.undone === null
          ? th('有效', 'yes')
          : th(
              `付款未成，${each.undone.on} 撤销，债务恢复`,
              `no: the payment failed or came back on ${each.undone.on}, the debt is owed again`,
            ),
        each.cite === null ? '' : clause(each.cite),
      ]),
    ),
  );
}

function steps(packet: Packet): string {
  const name = nameOf(packet);
  return section(
    '办理经过',
    'Who did what',
    table(
      [th('序号', 'no.'), on, th('事项', 'event'), th('职责', 'duty'), th('办理人', 'by'), th('事件哈希', 'event hash')],
      packet.story.steps.map(({ seq, on: day, label, duty, actor, role }) => {
        const who = packet.audience === 'oversight' ? name(actor) : role;
        return [seq, day, both(label), duty, who, hash(packet.record.events[seq - 1]?.hash ?? null)];
      }),
    ),
  );
}

function batches(packet: Packet): string {
  const name = nameOf(packet);
  return section(
    '拨付单与签批',
    'Batches and signatures',
    table(
      [
        th('拨付单', 'batch'),
        th('经办', 'made by'),
        th('复核签批', 'signed by'),
        th('合计', 'total'),
        state,
        th('内容哈希', 'content hash'),
      ],
      packet.witnesses.batches.map(({ batchNo, makerId, approvals, totalFen, lineCount, state: now, contentHash }) => [
        batchNo,
        name(makerId),
        approvals.map(({ personId, decision: said, at }) => `${said} ${name(personId)} ${at}`).join('; '),
        `${yuan(totalFen)} (${lineCount})`,
        now,
        hash(contentHash),
      ]),
    ),
  );
}

function bank({ witnesses: { attempts, files: sent, statementLines } }: Packet): string {
  return section(
    '银行往来',
    'Bank',
    table(
      [th('发送', 'sent'), th('编号', 'reference'), th('结果', 'outcome'), th('请求或文件的哈希', 'hash of the request or file')],
      [
        ...attempts.map(({ sentAt, instrId, outcome, requestSha256 }) => [sentAt, instrId, outcome, hash(requestSha256)]),
        ...sent.map(({ handedOverAt, fileName, lineNo, sha256 }) => [handedOverAt, `${fileName} #${lineNo}`, null, hash(sha256)]),
      ],
    ),
    table(
      [
        th('对账单', 'statement'),
        th('行', 'line'),
        th('入账日', 'booked'),
        th('方向', 'direction'),
        amount,
        th('勾对', 'matched as'),
        th('文件哈希', 'file hash'),
      ],
      statementLines.map(({ statementId, lineNo, bookedOn, direction, amountFen, matchedAs, rule, fileSha256 }) => [
        statementId,
        lineNo,
        bookedOn,
        direction,
        yuan(amountFen),
        `${matchedAs} (${rule})`,
        hash(fileSha256),
      ]),
    ),
  );
}

function notices({ witnesses: { notices: posted, objections } }: Packet): string {
  return section(
    '公示与异议',
    'Public notices and objections',
    table(
      [th('公示', 'notice'), th('发布', 'posted'), th('截止', 'ends'), state, th('结束', 'closed'), th('内容哈希', 'content hash')],
      posted.map(({ publicNo, postedOn, endsOn, state: now, closedOn, contentSha256 }) => [
        publicNo,
        postedOn,
        endsOn,
        now,
        closedOn,
        hash(contentSha256),
      ]),
    ),
    table(
      [th('异议', 'objection'), th('提出', 'raised'), state, th('处理', 'decision'), on],
      objections.map(({ receiptNo, raisedOn, state: now, decision: said, decidedOn }) => [receiptNo, raisedOn, now, said, decidedOn]),
    ),
  );
}

const inTime: Readonly<Record<string, ReturnType<typeof words>>> = {
  met: th('按期', 'met'),
  cleared: th('按期(事后查明)', 'met, as found later'),
  confirmed: th('逾期', 'missed'),
  suspected: th('疑似逾期', 'suspected missed'),
  passed: th('期满', 'over'),
  running: th('进行中', 'running'),
  cancelled: th('终止', 'no longer awaited'),
};

const deadlines = ({ witnesses }: Packet): string =>
  section(
    '时限',
    'Deadlines',
    table(
      [th('时限', 'limit'), th('起', 'from'), th('最后一日', 'last day'), th('结果', 'result'), th('办结', 'done'), th('条款', 'clause')],
      witnesses.deadlines.map(({ label, from, lastDay, status, endedOn, cite }) => [
        both(label),
        from,
        lastDay,
        inTime[status] ?? status,
        endedOn,
        clause(cite),
      ]),
    ),
  );

const recovery = ({ record: { recoveries, receipts } }: Packet): string =>
  section(
    '追回',
    'Recovery',
    table(
      [th('次', 'no.'), th('应退', 'owed'), state, th('发生', 'opened'), th('通知', 'demanded'), th('了结', 'closed')],
      recoveries.map(({ no, demandedFen, state: now, openedOn, demandedOn, closedOn }) => [
        no,
        yuan(demandedFen),
        now,
        openedOn,
        demandedOn,
        closedOn,
      ]),
    ),
    table(
      [th('次', 'no.'), th('类别', 'kind'), amount, on, th('凭据', 'reference')],
      receipts.map(({ no, kind, amountFen, onDate, reference }) => [no, kind, yuan(amountFen), onDate, reference]),
    ),
  );

function ledger({ record, witnesses: { funds } }: Packet): string {
  const names = new Map(funds.map(({ id, code, fiscalYear }) => [id, `${code}/${fiscalYear}`]));
  return section(
    '记账凭证',
    'Ledger postings',
    table(
      [on, th('事件', 'event'), th('资金', 'fund'), th('账簿', 'book'), th('分录', 'entries')],
      record.postings.map(({ businessDate, eventType, fundId, book, entries }) => [
        businessDate,
        eventType,
        names.get(fundId) ?? fundId,
        book,
        entries.map(({ code, fen }) => `${code} ${signed(fen)}`).join('; '),
      ]),
    ),
  );
}
const signed = (fen: string): string => (fen.startsWith('-') ? `−${yuan(fen.slice(1))}` : yuan(fen));

const files = ({ witnesses: { evidence } }: Packet): string =>
  section(
    '材料',
    'Files',
    table(
      [th('类别', 'kind'), th('文件', 'file'), th('哈希', 'SHA-256')],
      evidence.map(({ kind, fileName, sha256 }) => [kind, fileName, hash(sha256)]),
    ),
  );

function position({ story: { chain }, witnesses: { checkpoint }, seal }: Packet): string {
  return section(
    '哈希链中的位置',
    'Position in the hash chain',
    table(
      [th('事项', 'item'), th('内容', 'value')],
      [
        [th('事件数', 'events'), chain.events],
        [th('链首', 'head'), hash(chain.headHash)],
        [
          th('最近的签名检查点', 'newest signed checkpoint'),
          checkpoint === null ? null : `${checkpoint.statement.no} (${checkpoint.statement.takenAt})`,
        ],
        [th('检查点的根', 'root of the checkpoint'), hash(checkpoint?.statement.root ?? null)],
        [th('审计包 JSON 的封存哈希', 'seal of the packet’s JSON'), hash(seal.sha256)],
      ],
    ),
    `<p>${words('以 tranche packet verify 核对同名 JSON 文件；本页供阅读。', 'Check the JSON with tranche packet verify; this page is for reading.').html}</p>`,
  );
}
