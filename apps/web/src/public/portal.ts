import type { RouteObject } from 'react-router';
import { page } from '../portal.js';

/** Below /; none of these pages may load Ant Design (test/web/weight.test.ts). */
export const publicRoutes: readonly RouteObject[] = [
  { index: true, lazy: page(() => import('./welcome.js'), 'Welcome') },
  { path: 'finder', lazy: page(() => import('./finder.js'), 'Finder') },
  { path: 'policies', lazy: page(() => import('./policy-list.js'), 'PolicyList') },
  { path: 'policies/:id', lazy: page(() => import('./policy-page.js'), 'PolicyPage') },
  { path: 'policies/:id/compare', lazy: page(() => import('./compare.js'), 'Compare') },
  { path: 'notices', lazy: page(() => import('./notices.js'), 'Notices') },
  { path: 'notices/:id', lazy: page(() => import('./notice-page.js'), 'NoticePage') },
  { path: 'objections', lazy: page(() => import('./objection-status.js'), 'ObjectionStatus') },
  { path: 'promises', lazy: page(() => import('./promises.js'), 'Promises') },
  { path: 'sign-in', lazy: page(() => import('./sign-in.js'), 'SignIn') },
  { path: '*', lazy: page(() => import('./not-found.js'), 'NotFound') },
];
