import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { placeName } from '../pieces/places.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day } from '../pieces/when.js';
import { Wide } from '../pieces/wide.js';
import { useLanguage } from '../text/language.js';
import { CheckTag } from './check-tag.js';
import './administration.css';

type Check = Schemas['PolicyCheck'];
type Kept = NonNullable<Check['check']>;

/** What the checker found about one version's machine: rules, how far it looked, the shortest story that breaks a rule. */
export function PolicyCheck() {
  const { say } = useLanguage();
  const { id = '', jurisdiction = '', version = '' } = useParams();
  const titleOf = usePolicyTitles();
  const { data, error, refetch } = useQuery({
    queryKey: ['policy-check', id, jurisdiction, version],
    queryFn: () =>
      good(api.GET('/api/v1/policies/{id}/versions/{version}/check', { params: { path: { id, version }, query: { jurisdiction } } })),
  });
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '状态机检查', en: 'Check of the machine' })}</h1>
        <div className="page-head-end">
          <Link to="/desk/admin/policies">{say({ zh: '返回政策版本', en: 'Back to the versions' })}</Link>
        </div>
      </div>
      <div>
        <Link to={`/policies/${id}?version=${jurisdiction}@${version}`}>{say(titleOf(id))}</Link>
        <div className="soft">
          {say(placeName(jurisdiction))} {version}
        </div>
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton active />}
      {data !== undefined && <Result of={data} />}
    </div>
  );
}

function Result({ of }: { readonly of: Check }) {
  const { say } = useLanguage();
  const { outcome, machineHash, states, edges, check } = of;
  if (check === null)
    return (
      <p>
        <CheckTag outcome={outcome} />{' '}
        {say({
          zh: '还没有保存过检查结果。请由运维人员运行 tranche policy check --keep。',
          en: 'No result was kept yet. Have an operator run tranche policy check --keep.',
        })}
      </p>
    );
  return (
    <>
      <dl className="check-facts">
        <dt>{say({ zh: '结论', en: 'Outcome' })}</dt>
        <dd>
          <CheckTag outcome={outcome} />
        </dd>
        <dt>{say({ zh: '检查日期', en: 'Checked on' })}</dt>
        <dd>
          <Day date={check.checkedOn} />
        </dd>
        <dt>{say({ zh: '状态机哈希', en: 'Hash of the machine' })}</dt>
        <dd>
          <code className="check-hash">{check.machineHash}</code>
          {outcome === 'stale' && (
            <p>
              {say({ zh: '现行状态机：', en: 'The machine of today: ' })}
              <code className="check-hash">{machineHash}</code>
            </p>
          )}
        </dd>
        <dt>{say({ zh: '已探查', en: 'Explored' })}</dt>
        <dd>{say({ zh: '{states} 个状态，{edges} 条边', en: '{states} states, {edges} edges' }, { states, edges })}</dd>
      </dl>
      {check.exploredAs !== null && (
        <p className="soft">
          {say(
            { zh: '与 {other} 形态相同，共用一次探查。', en: 'Of the same form as {other}: explored once for both.' },
            { other: check.exploredAs },
          )}
        </p>
      )}
      {check.found !== null && <Broken of={check.found} />}
      <Card size="small" title={say({ zh: '规则', en: 'Rules' })}>
        <ul className="check-rules">
          {check.rules.map(({ id, says, holds }) => (
            <li key={id}>
              <span aria-hidden="true">{holds === null ? '–' : holds ? '✓' : '✗'}</span>
              <span>
                {say(says)}
                <span className="soft"> {say(holds === null ? unseen : holds ? holding : breaking)}</span>
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Scopes of={check.scopes} />
    </>
  );
}

const holding = { zh: '成立', en: 'holds' };
const breaking = { zh: '不成立', en: 'broken' };
const unseen = { zh: '未检查完', en: 'not looked at to the end' };

function Broken({ of }: { readonly of: NonNullable<Kept['found']> }) {
  const { say, language } = useLanguage();
  return (
    <Card size="small" title={say({ zh: '最短的反例经过', en: 'The shortest counter-example' })}>
      <p>{say(of.detail)}</p>
      <p className="soft">{say(of.scope)}</p>
      <ol>
        {of.story[language].map((line) => (
          <li key={line}>{line.trim()}</li>
        ))}
      </ol>
    </Card>
  );
}

function Scopes({ of }: { readonly of: Kept['scopes'] }) {
  const { say } = useLanguage();
  const label = say({ zh: '探查范围', en: 'Bounds' });
  return (
    <Card size="small" title={label}>
      <p className="soft">
        {say({
          zh: '“已检查”只指以下范围之内；金额以份计，日期和编号不计。',
          en: '“Checked” means within these bounds; money comes in units, dates and numbers are erased.',
        })}
      </p>
      <Wide label={label}>
        <table className="check-table">
          <thead>
            <tr>
              <th>{say({ zh: '范围', en: 'Scope' })}</th>
              <th>{say({ zh: '边界', en: 'Bounds' })}</th>
              <th>{say({ zh: '状态', en: 'States' })}</th>
              <th>{say({ zh: '边', en: 'Edges' })}</th>
              <th>{say({ zh: '走完', en: 'Whole' })}</th>
            </tr>
          </thead>
          <tbody>
            {of.map((scope) => (
              <tr key={scope.label.en}>
                <td>{say(scope.label)}</td>
                <td>{say(scope.bounds)}</td>
                <td>{scope.states}</td>
                <td>{scope.edges}</td>
                <td>{say(scope.complete ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}
