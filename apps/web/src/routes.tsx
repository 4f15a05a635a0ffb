import { createBrowserRouter, type RouteObject } from 'react-router';
import { Broken } from './frame/broken.js';
import { page } from './portal.js';
import { portals } from './portals.js';
import { Lobby } from './public/lobby.js';
import { publicRoutes } from './public/portal.js';

const desk: RouteObject = {
  path: 'desk',
  lazy: page(() => import('./frame/desk.js'), 'Desk'),
  children: [
    { index: true, lazy: page(() => import('./frame/home.js'), 'Home') },
    { path: 'device', lazy: page(() => import('./frame/device.js'), 'DevicePage') },
    { path: 'password', lazy: page(() => import('./frame/password.js'), 'PasswordPage') },
    ...portals.flatMap(({ routes }) => routes),
    { path: '*', lazy: page(() => import('./frame/nothing-here.js'), 'NothingHere') },
  ].map((route) => ({ ErrorBoundary: Broken, ...route })) as RouteObject[],
};

const routes: RouteObject[] = [
  {
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [{ Component: Lobby, children: [...publicRoutes] }, desk],
  },
];

export const makeRouter = () => createBrowserRouter(routes);
