import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { languages } from '../../shared/text.ts';
import { createQueryClient } from '../api/queries.ts';
import { createI18n } from '../i18n/i18n.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { Preferences } from './preferences.tsx';

export function App() {
  const [client] = useState(createQueryClient);
  const [texts] = useState(() => createI18n(languages[0]));
  return (
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={texts}>
        <Preferences>
          <ErrorBoundary>
            <Router hook={useHashLocation}>
              <Frame />
            </Router>
          </ErrorBoundary>
        </Preferences>
      </I18nextProvider>
    </QueryClientProvider>
  );
}
