import { Button, Card, Empty, Input, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, good } from '../api/client.js';
import { PagedTable } from '../pieces/paged-table.js';
import { placeName } from '../pieces/places.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { NewOrganisation } from './new-organisation.js';
import { kinds, type Organisation } from './organisation.js';
import { OrganisationTags } from './organisation-tags.js';

type Show = 'all' | 'waiting';

/** Whoever can be paid; those about whom another person must decide stand under a filter of their own. */
export function Organisations() {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const { data: person } = useSession();
  const [search, setSearch] = useSearchParams();
  const show: Show = search.get('show') === 'waiting' ? 'waiting' : 'all';
  const [words, setWords] = useState('');
  const [registering, setRegistering] = useState(false);
  const query = { show, ...(words.length < 2 ? {} : { q: words }) };
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '单位名录', en: 'Organisations' })}</h1>
        <div className="page-head-end">
          <Input.Search
            className="seek"
            allowClear
            maxLength={80}
            aria-label={say({ zh: '查找单位', en: 'Find an organisation' })}
            placeholder={say({ zh: '名称或完整信用代码', en: 'Name, or whole credit code' })}
            onSearch={(typed) => setWords(typed.trim())}
          />
          <Segmented<Show>
            value={show}
            onChange={(next) => setSearch({ show: next })}
            options={[
              { value: 'all', label: say({ zh: '全部', en: 'All' }) },
              { value: 'waiting', label: say({ zh: '待决定', en: 'To be decided' }) },
            ]}
          />
          {person?.role === 'officer' && (
            <Button type="primary" disabled={registering} onClick={() => setRegistering(true)}>
              {say({ zh: '登记单位', en: 'Register' })}
            </Button>
          )}
        </div>
      </div>
      {registering && (
        <Card size="small" title={say({ zh: '登记单位', en: 'Register an organisation' })}>
          <NewOrganisation
            district={person?.district ?? ''}
            onDone={(id) => void navigate(`/desk/office/organisations/${id}`)}
            onCancel={() => setRegistering(false)}
          />
        </Card>
      )}
      <PagedTable<Organisation>
        label={say({ zh: '单位', en: 'Organisations' })}
        queryKey={['organisations', show, words]}
        load={(cursor) =>
          good(api.GET('/api/v1/organisations', { params: { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        fit
        empty={
          <Empty
            description={
              words.length < 2
                ? say(
                    show === 'waiting' ? { zh: '没有待决定的单位', en: 'None waits' } : { zh: '还没有登记单位', en: 'None is registered' },
                  )
                : say({ zh: '没有名称或信用代码与“{words}”相符的单位', en: 'None whose name or code matches “{words}”' }, { words })
            }
          />
        }
        columns={[
          {
            title: say({ zh: '单位', en: 'Organisation' }),
            render: (_, row) => (
              <>
                <Link to={`/desk/office/organisations/${row.id}`}>{row.name}</Link>
                <div className="only-narrow">
                  <OrganisationTags of={row} />
                </div>
              </>
            ),
          },
          { title: say({ zh: '类别', en: 'Kind' }), width: 150, responsive: ['sm'], render: (_, { kind }) => say(kinds[kind]) },
          {
            title: say({ zh: '统一社会信用代码', en: 'Credit code' }),
            width: 200,
            responsive: ['md'],
            render: (_, row) => <CreditCode of={row} />,
          },
          {
            title: say({ zh: '地区', en: 'District' }),
            width: 110,
            responsive: ['lg'],
            render: (_, { district }) => say(placeName(district)),
          },
          {
            title: say({ zh: '状态', en: 'State' }),
            width: 240,
            responsive: ['sm'],
            render: (_, row) => <OrganisationTags of={row} />,
          },
        ]}
      />
    </div>
  );
}

/** The credit code, and that its check character does not fit where that is so; a person has none. */
export function CreditCode({ of: { uscc, usccChecked } }: { readonly of: Organisation }) {
  const { say } = useLanguage();
  if (uscc === null) return <span className="soft">—</span>;
  return (
    <>
      <code>{uscc}</code>
      {!usccChecked && <div className="soft">{say({ zh: '校验位不符，请核对', en: 'check character does not fit' })}</div>}
    </>
  );
}
