import { Empty } from 'antd';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { PagedTable } from '../pieces/paged-table.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type Run = Schemas['NoApplicationRun'];

const runStates: Readonly<Record<Run['state'], readonly [Tone, Text]>> = {
  loading: ['busy', { zh: '读取中', en: 'being read' }],
  screening: ['busy', { zh: '筛查中', en: 'being screened' }],
  screened: ['good', { zh: '已筛查', en: 'screened' }],
  cancelled: ['calm', { zh: '已取消', en: 'cancelled' }],
};

export function RunTag({ run: { state, stopped } }: { readonly run: Pick<Run, 'state' | 'stopped'> }) {
  if (stopped) return <StateTag tone="warn" label={{ zh: '已暂停', en: 'stopped' }} />;
  return <StateTag tone={runStates[state][0]} label={runStates[state][1]} />;
}

/** Extracts of the registers that were screened; the lists in them are confirmed and approved on their own pages. */
export function Runs() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const titles = usePolicyTitles();
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '免申即享筛查', en: 'Runs without application' })}</h1>
        {person?.role === 'officer' && (
          <div className="page-head-end">
            <Link to="/desk/office/runs/new" className="button">
              {say({ zh: '开展一次筛查', en: 'Begin a run' })}
            </Link>
          </div>
        )}
      </div>
      <PagedTable<Run>
        label={say({ zh: '筛查', en: 'Runs' })}
        queryKey={['runs']}
        load={(cursor) => good(api.GET('/api/v1/no-application-runs', { params: { query: cursor === undefined ? {} : { cursor } } }))}
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '还没有筛查', en: 'No runs yet' })} />}
        columns={[
          {
            title: say({ zh: '筛查编号', en: 'Run' }),
            width: 200,
            render: (_, run) => <Link to={`/desk/office/runs/${run.id}`}>{run.runNo}</Link>,
          },
          {
            title: say({ zh: '状态', en: 'State' }),
            width: 110,
            render: (_, run) => <RunTag run={run} />,
          },
          {
            title: say({ zh: '筛查日', en: 'Screened' }),
            width: 150,
            responsive: ['sm'],
            render: (_, { screenedOn }) => <Day date={screenedOn} />,
          },
          { title: say({ zh: '政策', en: 'Policy' }), width: 240, responsive: ['md'], render: (_, { policyId }) => say(titles(policyId)) },
          {
            title: say({ zh: '行数', en: 'Lines' }),
            width: 90,
            responsive: ['md'],
            render: (_, { lineCount }) => lineCount?.toLocaleString('en') ?? '—',
          },
          { title: say({ zh: '文件', en: 'File' }), width: 220, responsive: ['lg'], render: (_, { fileName }) => fileName },
        ]}
      />
    </>
  );
}
