/** Puts the app into the page and joins it to its host. */
import '../design/theme.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { navigate, useHashLocation } from 'wouter/use-hash-location';
import { Connection } from '../../rpc/client-company.ts';
import { browserFace } from '../lib/browser-face.ts';
import { ConnectionProvider } from '../lib/company-context.tsx';
import { applyLook } from '../lib/look.ts';
import { takeSessionToken } from '../lib/session-token.ts';
import { App } from './app.tsx';

applyLook();
const token = takeSessionToken();
const connection = new Connection(browserFace(token));
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });
void connection.connect();
window.agentcoord?.onGo((path) => navigate(path));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ConnectionProvider connection={connection}>
        <RouterProvider navigate={(path) => navigate(path)}>
          <Router hook={useHashLocation}>
            <App />
          </Router>
        </RouterProvider>
      </ConnectionProvider>
    </QueryClientProvider>
  </StrictMode>,
);
