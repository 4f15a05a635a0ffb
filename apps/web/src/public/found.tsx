import { Link } from 'react-router';
import { Money } from '../pieces/money.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { PlainCite } from './plain-cite.js';
import type { Published } from './policies.js';
import { type Answers, type Group, groupOf, type Match, questionOf } from './questions.js';

type Props = {
  readonly items: readonly Match[];
  readonly answers: Answers;
  readonly published: readonly Published[];
  readonly settled: boolean;
};

const groups: readonly { readonly group: Exclude<Group, 'no'>; readonly title: Text; readonly says: Text }[] = [
  { group: 'applies', title: { zh: '符合', en: 'These apply' }, says: { zh: '已知条件全部满足。', en: 'Every condition is met.' } },
  {
    group: 'likely',
    title: { zh: '很可能符合', en: 'Likely' },
    says: {
      zh: '已回答的条件都满足；其余凭申报时提供的名单和材料核定。',
      en: 'All that was answered fits; the rest is told by the lists and papers of an application.',
    },
  },
  {
    group: 'nearly',
    title: { zh: '差一项', en: 'Nearly: one thing is missing' },
    says: { zh: '只有一项条件不满足。', en: 'Only one condition fails.' },
  },
  {
    group: 'open',
    title: { zh: '还不能确定', en: 'Not known yet' },
    says: { zh: '继续回答上面的问题即可确定。', en: 'Further answers will tell.' },
  },
];

/** Policies by how well they fit; what does not apply is folded away with its reason. */
export function Found({ items, answers, published, settled }: Props) {
  const { say } = useLanguage();
  const of = (group: Group) => items.filter((item) => groupOf(item, answers) === group);
  const not = of('no');
  const fit = of('applies').length + of('likely').length;
  return (
    <section aria-label={say({ zh: '结果', en: 'Result' })}>
      <p role="status" className="found-sum">
        {say(
          settled
            ? { zh: '问题已答完：{fit} 项可以申请。', en: 'All asked: {fit} to apply for.' }
            : { zh: '目前：{fit} 项符合，{open} 项待定。', en: 'So far {fit} fit, {open} are open.' },
          { fit, open: of('open').length },
        )}
      </p>
      {groups.map(({ group, title, says }) => {
        const found = of(group);
        if (found.length === 0) return null;
        return (
          <section key={group} className={`panel found-${group}`}>
            <h2>
              {say(title)} <span className="soft">（{found.length}）</span>
            </h2>
            <p className="soft">{say(says)}</p>
            {found.map((item) => (
              <One
                key={item.policy.id}
                item={item}
                group={group}
                papers={published.find((each) => same(each, item.policy))?.papers ?? []}
              />
            ))}
          </section>
        );
      })}
      {not.length > 0 && (
        <details className="panel">
          <summary>{say({ zh: '不适用（{count}）', en: 'Do not apply ({count})' }, { count: not.length })}</summary>
          <ul className="plain-list">
            {not.map((item) => (
              <li key={item.policy.id}>
                <Link to={`/policies/${item.policy.id}`}>{say(item.policy.title)}</Link>：{say(whyNot(item))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

type Version = { readonly id: string; readonly version: string; readonly jurisdiction: string };
const same = (a: Version, b: Version) => a.id === b.id && a.version === b.version && a.jurisdiction === b.jurisdiction;

function whyNot({ because, failed }: Match): Text {
  if (because === 'payee') return { zh: '补贴对象不是您这一类', en: 'it is paid to others' };
  if (because === 'window') return { zh: '不在执行期内', en: 'not at this time' };
  return { zh: failed.map(({ reason }) => reason.zh).join('；'), en: failed.map(({ reason }) => reason.en).join('; ') };
}

function One({ item, group, papers }: { readonly item: Match; readonly group: Group; readonly papers: Published['papers'] }) {
  const { say } = useLanguage();
  const { policy, failed, missing, amounts } = item;
  const upload = papers.filter(({ obtainBy }) => obtainBy === 'upload');
  const later = missing.filter((each) => questionOf(each) === null);
  return (
    <article className="found-one">
      <h3>
        <Link to={`/policies/${policy.id}`}>{say(policy.title)}</Link>
      </h3>
      {failed.map((rule) => (
        <div key={rule.id} className="found-miss">
          {say({ zh: '不满足：', en: 'Not met: ' })}
          {say(rule.reason)} <PlainCite cite={rule.cite} />
        </div>
      ))}
      {group === 'open' && (
        <p className="soft">
          {say({ zh: '还需了解：', en: 'Still to be known: ' })}
          {missing.map(({ label }) => say(label)).join(say({ zh: '、', en: ', ' }))}
        </p>
      )}
      {group !== 'open' && (
        <dl className="plain-facts">
          {Object.entries(amounts).map(([name, { label, fen }]) => (
            <div key={name}>
              <dt>{say(label)}</dt>
              <dd>
                <Money fen={fen} />
              </dd>
            </div>
          ))}
          <div>
            <dt>{say({ zh: '受理单位', en: 'Office' })}</dt>
            <dd>{say(policy.office)}</dd>
          </div>
          <div>
            <dt>{say({ zh: '办理时限', en: 'Time limit' })}</dt>
            <dd>{say(policy.timeLimit)}</dd>
          </div>
          <div>
            <dt>{say({ zh: '需要提交', en: 'Papers' })}</dt>
            <dd>
              {upload.length === 0
                ? say({ zh: '无需提交，由受理单位数据核验', en: 'none; the office asks the registers' })
                : upload.map(({ label }) => say(label)).join(say({ zh: '、', en: ', ' }))}
            </dd>
          </div>
          {later.length > 0 && (
            <div>
              <dt>{say({ zh: '申报时核定', en: 'Told on applying' })}</dt>
              <dd>{later.map(({ label }) => say(label)).join(say({ zh: '；', en: '; ' }))}</dd>
            </div>
          )}
        </dl>
      )}
    </article>
  );
}
