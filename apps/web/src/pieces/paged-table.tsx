import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Empty, Table, type TableProps } from 'antd';
import { asRefused } from '../api/problem.js';
import { useLanguage } from '../text/language.js';
import { ProblemAlert } from './problem-alert.js';
import { Wide } from './wide.js';

export type Page<Row> = { readonly items: readonly Row[]; readonly nextCursor: string | null };

type Props<Row extends object> = {
  /** everything the list depends on: its name, then its filter */
  readonly queryKey: readonly unknown[];
  /** asks the server for the page behind the cursor; `undefined` is the first */
  readonly load: (cursor: string | undefined) => Promise<Page<Row>>;
  readonly columns: TableProps<Row>['columns'];
  readonly rowKey: (row: Row) => string;
  readonly label: string;
  /** what an empty list means and what to do then */
  readonly empty?: React.ReactNode;
  readonly onRow?: TableProps<Row>['onRow'];
  readonly rowSelection?: TableProps<Row>['rowSelection'];
  readonly expandable?: TableProps<Row>['expandable'];
  readonly refetchInterval?: number;
  /** its columns adapt to the window, so that it is never wider */
  readonly fit?: boolean;
};

/**
 * A list of any length: the server pages it by cursor, "more" adds a page, and only rows near the window are in the document once there are
 * many, so that it stays fluid with 100,000 rows.
 */
export function PagedTable<Row extends object>(props: Props<Row>) {
  const { queryKey, load, columns, rowKey, label, empty, onRow, rowSelection, expandable, refetchInterval, fit = false } = props;
  const { say } = useLanguage();
  const queries = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // a long list is old only when something happened
    staleTime: ({ state }) => (isLong(state.data) ? Number.POSITIVE_INFINITY : 5_000),
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  });
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const many = rows.length > manyRows;
  const table = (
    <Table<Row>
      size="small"
      columns={columns ?? []}
      dataSource={rows}
      rowKey={rowKey}
      pagination={false}
      loading={pages.isPending}
      virtual={many}
      {...(many ? { scroll: { x: 900, y: 620 } } : {})}
      locale={{ emptyText: empty ?? <Empty description={say({ zh: '没有记录', en: 'Nothing here' })} /> }}
      {...(onRow === undefined ? {} : { onRow })}
      {...(rowSelection === undefined ? {} : { rowSelection })}
      {...(expandable === undefined ? {} : { expandable })}
    />
  );
  return (
    <section aria-label={label} aria-busy={pages.isFetching}>
      {pages.error !== null && <ProblemAlert refused={asRefused(pages.error)} again={() => void pages.refetch()} />}
      {many || fit ? table : <Wide label={label}>{table}</Wide>}
      <div className="more" role="status">
        <span className="soft">
          {say(
            pages.hasNextPage
              ? { zh: '已显示 {count} 条，还有更多', en: '{count} shown, there are more' }
              : { zh: '共 {count} 条', en: '{count} in all' },
            { count: rows.length },
          )}
        </span>
        {isLong(pages.data) && pages.isStale && (
          <Button size="small" loading={pages.isRefetching} onClick={() => void queries.resetQueries({ queryKey })}>
            {say({ zh: '已有新变动，重新读取', en: 'There are changes: read anew' })}
          </Button>
        )}
        {pages.hasNextPage && (
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {say({ zh: '继续加载', en: 'More' })}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Whether what a query holds are more pages than should be read anew at every change. */
export const isLong = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) && data.pages.length > manyPages;
const manyPages = 4;

/** beyond this only rows in sight are drawn */
const manyRows = 200;
