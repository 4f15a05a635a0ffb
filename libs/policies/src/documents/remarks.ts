import type { Text } from '../cite.js';
import { text } from './document.js';

/** The three documents by their numbers. */
export type DocumentKey = '391' | '38' | '25';

/**
 * What of the three documents does not stand in a policy of its own, and why. `N`: obligations that pay nothing; `X`: rules across
 * all policies; `R`: rules that tests of a policy refer to; `F`: funds. Where a policy or the system does it after all, `where` says so.
 */
export type Remark = {
  readonly id: string;
  readonly state: 'not' | 'partly' | 'elsewhere';
  readonly clauses: readonly (readonly [DocumentKey, string])[];
  readonly what: Text;
  readonly because: Text;
};

type Words = readonly [zh: string, en: string];
/** `391二`: a document by its number and one of its clauses. */
const place = (words: string): readonly [DocumentKey, string] => {
  const [, document, clause] = /^(391|38|25)(.+)$/.exec(words) ?? [];
  if (document === undefined || clause === undefined) throw new Error(`no clause: ${words}`);
  return [document as DocumentKey, clause];
};
const remark =
  (state: Remark['state']) =>
  (id: string, clauses: string, what: Words, because: Words): Remark => ({
    id,
    state,
    clauses: clauses.split(' ').map(place),
    what: text(...what),
    because: text(...because),
  });
const not = remark('not');
const partly = remark('partly');
const elsewhere = remark('elsewhere');

const service: Words = [
  '属服务或管理工作，不支付资金，也不是任何补贴的条件',
  'a service or a task of administration: it pays nothing and no subsidy depends on it',
];

/** Obligations without a payment of their own. */
const obligations: readonly Remark[] = [
  not('N1', '38（一）', ['重点企业招聘服务、一对一、包干、直通车、运力保障', 'recruitment and transport for key enterprises'], service),
  not('N2', '38（三）', ['复工时间发布、防疫宣传和指导', 'reopening times, publicity and guidance against infection'], service),
  elsewhere(
    'N3',
    '38（六）',
    ['失去收入来源的个人和小微企业申请贷款优先', 'priority for borrowers who lost their income'],
    [
      '贷款由银行发放；贴息案件以“priority”条件标出，优先办理（startup-loan-extension-interest）',
      'loans are the bank’s; a case of interest subsidy carries the condition "priority" (startup-loan-extension-interest)',
    ],
  ),
  elsewhere(
    'N4',
    '38（七）',
    ['统筹用好各项资金', 'use the funds together'],
    [
      '各政策的资金来源和账簿；受疫情影响企业可用专项奖补资金',
      'the funds of each policy and the ledger; firms hit by the epidemic may draw the restructuring fund',
    ],
  ),
  not(
    'N5',
    '38（九）',
    ['远程培训平台、就地就近岗位', 'distance training, jobs near home'],
    ['属服务工作；同等享受创业扶持见R6', 'services; for equal treatment see R6'],
  ),
  not(
    'N6',
    '38（九）',
    ['生活确实困难的申请临时救助', 'temporary relief for people in real difficulty'],
    [
      '由民政系统按其规定办理；省文件另设的一次性救助金见 one-off-temporary-relief',
      'handled by civil affairs under its own rules; the province’s one-off relief is one-off-temporary-relief',
    ],
  ),
  not('N7', '38（十）', ['劳动者安抚疏导', 'comfort and advice for stranded workers'], service),
  not(
    'N8',
    '38（十一） 38（十四）',
    ['不得歧视招用、不得因疫情解除合同，查处招聘欺诈', 'no discrimination, no dismissal for the epidemic, no recruitment fraud'],
    ['属劳动监察；文件未将违反与补贴资格相连', 'labour inspection; the document ties no subsidy to it'],
  ),
  not(
    'N9',
    '38（十二） 38（十三） 38（十四）',
    ['毕业生信息、线上招聘、跟踪帮扶', 'information, online recruiting and help for graduates'],
    service,
  ),
  not(
    'N10',
    '38（十四）',
    ['经报备后考核招募困难家庭毕业生', 'recruiting graduates of poor families by assessment, after reporting it'],
    ['属招募程序，不支付补贴', 'a hiring procedure; no subsidy is paid'],
  ),
  not(
    'N11',
    '38（十五）',
    ['毕业生报到手续非现场办理、考试延期', 'graduates’ paperwork without visits, postponed examinations'],
    ['属服务工作；报到期限见R4', 'services; for the deadline see R4'],
  ),
  not('N12', '38（十六）', ['毕业生心理疏导、实名台账', 'psychological support for graduates'], service),
  not(
    'N13',
    '38（十七）',
    ['线上招聘、暂停现场活动、“不见面”清单', 'online recruiting, no events, a list of services without visits'],
    ['属服务工作；本系统全程线上办理', 'services; everything in this system is done online'],
  ),
  partly(
    'N14',
    '38（十八）',
    ['政策咨询，公布办理流程、机构信息和开放时间', 'advice; publishing procedures, offices and opening hours'],
    [
      '政策目录公布受理机构、时限和材料（X2）；咨询和窗口时间不在本系统',
      'the public registry shows office, limit and papers (X2); advice and opening hours are not in this system',
    ],
  ),
  not(
    'N15',
    '38（十九）',
    ['就业监测和统计', 'employment monitoring and statistics'],
    ['不支付资金，统计不在本系统', 'pays nothing; statistics are not in this system'],
  ),
  not(
    'N16',
    '38（二十）',
    ['压实责任、20条措施和10项承诺', 'responsibility, 20 measures and 10 promises'],
    ['组织要求，所指文件未公布在内', 'organisation; the papers meant are not part of it'],
  ),
  not(
    'N17',
    '391二 25（五）',
    ['阶段性减免税费、稳岗扩岗专项支持计划', 'phased relief of taxes and fees, a plan of support'],
    ['计划本身无数额；减免期见R2', 'the plan has no amount of its own; for the relief period see R2'],
  ),
  elsewhere('N18', '391十一 25（十九）', ['资金使用监管和绩效管理', 'supervision of funds'], ['见X8', 'see X8']),
  partly(
    'N19',
    '391十二 25（二十）',
    ['宣讲解读、精简材料、人员培训、一站办理', 'publicity, fewer papers, training of staff, one stop'],
    ['精简和办理见X2至X5；宣讲和培训属服务工作', 'for papers and procedure see X2 to X5; publicity and training are services'],
  ),
  not('N20', '391十三 25（二十一）', ['就业创业服务攻坚季、四合一服务套餐', 'a campaign of services'], service),
  not('N21', '391十四 25（二十二）', ['失业风险预案、统计监测', 'plans against unemployment, statistics'], service),
  not('N22', '25（一）', ['重大项目建设', 'major projects'], ['产业投资，不是就业补贴', 'investment, not a subsidy for employment']),
  not(
    'N23',
    '25（二）',
    ['数字经济、平台经济发展', 'digital and platform economy'],
    ['产业政策；有资金的部分见 live-commerce-support', 'industrial policy; the part that pays is live-commerce-support'],
  ),
  not(
    'N24',
    '25（三）',
    ['促消费、夜经济、社区服务', 'consumption, night economy, community services'],
    ['产业政策，不支付补贴', 'industrial policy; no subsidy is paid'],
  ),
  not(
    'N25',
    '25（四）',
    ['个体工商户转企业', 'turning sole traders into firms'],
    ['产业政策，不支付补贴', 'industrial policy; no subsidy is paid'],
  ),
  not('N26', '25（五）', ['重点企业常态化服务', 'regular service for key firms'], service),
  not(
    'N27',
    '25（七）',
    ['大学科技园、孵化器等平台建设', 'science parks and incubators'],
    ['建设任务，不支付补贴', 'a task of construction; no subsidy is paid'],
  ),
  not(
    'N28',
    '25（八）',
    ['国有房产租金减免、闲置空间改为免费场地', 'rent relief of state property, free premises'],
    ['免收租金不经补贴支付；场地补贴见 startup-venue-subsidy', 'rent not taken is no payment; the venue subsidy is startup-venue-subsidy'],
  ),
  not(
    'N29',
    '25（十）',
    ['准入绿色通道、免办执照、网络经营场所登记', 'green channel, trades without a licence, online premises'],
    [
      '属审批管理，不支付资金；创业场地补贴的材料不得因此要求执照',
      'licensing, pays nothing; papers for the venue subsidy must not demand a licence where none is needed',
    ],
  ),
  elsewhere(
    'N30',
    '25（十三）',
    ['“浸润行动”实施细则另行制定', 'details of the teaching action to be issued'],
    ['细则未出，见习补贴以参数默认关闭（internship-subsidy）', 'not issued: a parameter of internship-subsidy, off by default'],
  ),
  not(
    'N31',
    '25（十五）',
    ['符合条件的灵活就业人员纳入低保、临时救助', 'minimum living allowance and relief for flexible workers'],
    [
      '由民政系统办理；低保在 one-off-temporary-relief 中为排除条件',
      'handled by civil affairs; in one-off-temporary-relief it is a ground of refusal',
    ],
  ),
  partly(
    'N32',
    '25（十六）',
    ['督导调度、通报约谈、对优秀地区资金倾斜', 'supervision, and more money for excellent regions'],
    [
      '考核名次为奖励的依据（assessment-reward-top3）；“资金倾斜”无数额，由人工决定',
      'the ranking decides the reward (assessment-reward-top3); "more money" has no amount and is decided by people',
    ],
  ),
  not(
    'N33',
    '25（十八）',
    ['先进集体和个人评选、宣传', 'awards and publicity'],
    ['未载奖金，“政策支持”无数额', 'no prize is stated, and "support" has no amount'],
  ),
  not(
    'N34',
    '25（二十）',
    ['省级网上办理平台和人力资源平台建设', 'provincial online platforms'],
    ['外部系统，本系统只留接口', 'systems of others; this one only keeps an interface'],
  ),
  elsewhere(
    'N35',
    '391二',
    ['加大失业保险稳岗返还力度', 'more refunds of unemployment insurance'],
    [
      '未载新数值，大连市继续适用38号文（四）的版本（job-stabilisation-refund）',
      'no new figure: in Dalian the version of February goes on (job-stabilisation-refund)',
    ],
  ),
];

/** Rules that run across the policies. */
const crossing: readonly Remark[] = [
  elsewhere(
    'X1',
    '391十二 25（二十）',
    ['企业收到申报5个工作日内拨付', 'enterprises are paid within five working days of the application'],
    [
      '共用表 payment-limits，各企业政策的法定时限',
      'the shared table payment-limits: the statutory limit of every policy that pays enterprises',
    ],
  ),
  elsewhere(
    'X2',
    '391十二 25（二十） 38（十八）',
    ['公布政策清单、受理机构、办结时限', 'publish policies, offices and limits'],
    ['公开的政策目录；缺受理机构或时限的版本不能载入', 'the public registry; a version without office or limit does not load'],
  ),
  elsewhere(
    'X3',
    '391十二 25（二十）',
    ['精简证明材料', 'fewer papers'],
    [
      '每项材料注明由数据核验还是上传，能核验的列为数据核验',
      'each paper says whether a register or an upload supplies it; a register where there is one',
    ],
  ),
  partly(
    'X4',
    '391十二 25（二十）',
    ['利用企业登记等大数据筛查', 'screen by registers'],
    [
      '免申即享以数据筛查（refund-direct-pay-micro、temporary-price-subsidy）；其他政策的数据事实由登记系统提供',
      'payment without application is screened by registers (refund-direct-pay-micro, temporary-price-subsidy); elsewhere registers supply facts',
    ],
  ),
  partly(
    'X5',
    '391十二 25（二十）',
    ['一网通办、一证通办、最多跑一次、不见面办理、政策打包', 'one portal, one identity, no visit, bundles of policies'],
    [
      '统一入口和身份；政策打包为试点，文件未定组合，未建模',
      'one portal and identity; bundles are a trial whose contents no document fixes: not modelled',
    ],
  ),
  elsewhere(
    'X6',
    '391二 25（五）',
    ['免申即享', 'payment without application'],
    ['流程 noApplication（refund-direct-pay-micro）', 'the entry noApplication (refund-direct-pay-micro)'],
  ),
  elsewhere(
    'X7',
    '391七 25（十二）',
    ['经公示无异议', 'public notice without objection'],
    [
      '拨付前公示为培训补贴余款的条件；其他企业政策默认拨付后公示，自然人默认不公示',
      'a notice before payment gates the last part of the training subsidy; for other enterprise policies it follows payment by default, natural persons are not published',
    ],
  ),
  partly(
    'X8',
    '391十一 25（十九）',
    ['资金使用监管、绩效管理、应补尽补', 'supervision of funds, performance, nobody left out'],
    [
      '账簿、预占和不可改的记录；绩效指标和调剂决定不在政策数据内',
      'ledger, reservations and an unalterable record; indicators and transfers between places are not policy data',
    ],
  ),
  elsewhere(
    'X9',
    '38（二）',
    ['国家、省政策调整时另行规定', 'higher rules override'],
    [
      '新规定是新的政策版本，已受理案件保持受理时的版本',
      'a new rule is a new version; a running case keeps the version it was opened under',
    ],
  ),
  elsewhere(
    'X10',
    '38结尾',
    ['未定期限的补贴执行至疫情防控期结束', 'subsidies without a term last for epidemic control'],
    ['共用表 landmarks：执行期止于登记的截止日', 'the shared table landmarks: windows end on the recorded day'],
  ),
  elsewhere(
    'X11',
    '38（五）',
    ['培训有签到、有记录、可追溯，人社监督', 'training is signed in, recorded and traceable; supervision'],
    ['sme-class-hour-training-subsidy 的规则和材料', 'rules and papers of sme-class-hour-training-subsidy'],
  ),
  partly(
    'X12',
    '38（十九）',
    ['就业数据与参保、用工备案相互印证', 'cross-check with insurance and employment records'],
    ['相应事实和材料由数据核验；统计口径不在本系统', 'the facts concerned come from registers; statistics are not in this system'],
  ),
];

/** Rules that tests refer to. */
const references: readonly Remark[] = [
  not(
    'R1',
    '38（四）',
    ['失业保险总费率1%至2021年8月31日', 'premium rate of 1 % to 31 August 2021'],
    [
      '费率不产生支付；稳岗返还以实际缴纳的保险费为基数，已含费率',
      'a rate pays nothing; the refund is based on premiums actually paid, which already reflect it',
    ],
  ),
  elsewhere(
    'R2',
    '391二 391三 25（五） 25（六）',
    ['阶段性减免社会保险费期限', 'period in which contributions are waived'],
    ['起止未载，为 one-off-hiring-subsidy 的事实', 'without dates: a fact of one-off-hiring-subsidy'],
  ),
  elsewhere(
    'R3',
    '391十 25（十五）',
    ['灵活就业人员自愿暂缓缴纳养老保险费', 'flexible workers may defer contributions'],
    [
      '暂缓的月份未缴费，不予补贴（flexible-employment-si-subsidy）',
      'a deferred month is not paid and earns nothing (flexible-employment-si-subsidy)',
    ],
  ),
  not(
    'R4',
    '38（十五）',
    ['2018年毕业生报到期限延至9月30日前', 'registration of graduates of 2018 by 30 September'],
    ['报到期限不产生支付，也不是任何补贴的条件', 'the deadline pays nothing and no subsidy depends on it'],
  ),
  partly(
    'R5',
    '38（四） 38（五）',
    ['中小微企业按国统字〔2017〕213号划分', 'firm size by the statistical standard of 2017'],
    [
      '规模为登记数据提供的事实；划分表本身不在本系统',
      'the size is a fact from a register; the table of the standard is not in this system',
    ],
  ),
  elsewhere(
    'R6',
    '38（九）',
    ['农民工同等享受创业扶持，滞留的外省籍农民工可享受就业创业政策', 'migrant workers are treated alike, those stranded too'],
    ['各政策均不设户籍条件，故不排除任何人', 'no policy tests where people are registered, so nobody is left out'],
  ),
  not(
    'F10',
    '25（一） 25（十九）',
    ['抗疫特别国债', 'special bonds against the epidemic'],
    ['项目资金，文件未指定用于任何补贴', 'money of projects; no document assigns it to a subsidy'],
  ),
];

/** Everything of the documents that is no policy of its own, with its reason. */
export const remarks: readonly Remark[] = [...obligations, ...crossing, ...references];
