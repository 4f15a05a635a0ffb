// What a portal tells the frame about itself. This module and every portal.ts stay light: the first page loads them, so they only name lazy pages.

import type { RouteObject } from 'react-router';
import type { Role } from './session/session.js';
import type { Text } from './text/text.js';

export type MenuEntry = {
  /** below /desk, e.g. `mine/cases` */
  readonly path: string;
  readonly label: Text;
  /** fewer roles than the portal has */
  readonly roles?: readonly Role[];
};

export type Portal = {
  readonly label: Text;
  readonly roles: readonly Role[];
  /** the first entry is where its people arrive after signing in */
  readonly menu: readonly MenuEntry[];
  /** below /desk; every page lazy: `{ path: 'mine', lazy: page(() => import('./dashboard.js'), 'Dashboard') }` */
  readonly routes: readonly RouteObject[];
};

/** A lazily loaded page by the name it is exported under. */
export const page =
  <Name extends string>(load: () => Promise<Readonly<Record<Name, React.ComponentType>>>, name: Name) =>
  async () => ({ Component: (await load())[name] });

export const menuOf = (portals: readonly Portal[], role: Role): readonly MenuEntry[] =>
  portals
    .filter(({ roles }) => roles.includes(role))
    .flatMap(({ menu }) => menu.filter((entry) => entry.roles === undefined || entry.roles.includes(role)));
