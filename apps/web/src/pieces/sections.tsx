import { Collapse, Grid, Tabs } from 'antd';
import type { ReactNode } from 'react';

export type Section = { readonly key: string; readonly label: string; readonly children: ReactNode };

/** Parts of a page one looks at one at a time: tabs beside each other, on a narrow screen folded beneath each other. */
export function Sections({ items }: { readonly items: readonly Section[] }) {
  const wide = Grid.useBreakpoint().md;
  if (wide === undefined) return null;
  if (wide) return <Tabs items={[...items]} />;
  return <Collapse ghost destroyOnHidden defaultActiveKey={items[0]?.key ?? ''} items={[...items]} />;
}
