import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { makeQueries } from './api/queries.js';
import './page.css';
import { makeRouter } from './routes.js';
import { LanguageProvider } from './text/language.js';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={makeQueries()}>
      <LanguageProvider>
        <RouterProvider router={makeRouter()} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
