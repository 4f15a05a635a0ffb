import type { RouteObject } from 'react-router';
import { page } from '../portal.js';

/** Below /; none of these pages may load Ant Design (test/web/weight.test.ts). */
export const publicRoutes: readonly RouteObject[] = [
  { index: true, lazy: page(() => import('./welcome.js'), 'Welcome') },
  { path: 'sign-in', lazy: page(() => import('./sign-in.js'), 'SignIn') },
  { path: '*', lazy: page(() => import('./not-found.js'), 'NotFound') },
];
