/** Puts the app into the page and joins it to its host. */
import '../design/theme.css';
import { StrictMode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { navigate, useHashLocation } from 'wouter/use-hash-location';
import { Connection } from '../../rpc/client-company.ts';
import { browserFace } from '../lib/browser-face.ts';
import { ConnectionProvider } from '../lib/company-context.tsx';
import { CompanyQueries } from '../lib/company-queries.tsx';
import { goToPlace } from '../lib/go-to-place.ts';
import { applyLook } from '../lib/look.ts';
import { takeSessionToken } from '../lib/session-token.ts';
import { takeWantedCompany } from '../lib/wanted-company.ts';
import { App } from './app.tsx';

applyLook();
const token = takeSessionToken();
const face = browserFace(token);
takeWantedCompany(face.kept);
const connection = new Connection(face);
void connection.connect();
window.agentcoord?.onGo((place) => void goToPlace(connection, place));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <ConnectionProvider connection={connection}>
      <CompanyQueries>
        <RouterProvider navigate={(path) => navigate(path)}>
          <Router hook={useHashLocation}>
            <App />
          </Router>
        </RouterProvider>
      </CompanyQueries>
    </ConnectionProvider>
  </StrictMode>,
);
