/** Catches a screen that breaks, so that the rest of the app stays usable. */
import type { ErrorInfo, ReactNode } from 'react';
import { Component } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { strings } from './strings.ts';

interface ErrorBoundaryProps {
  children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error('A screen broke', error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="mx-auto max-w-2xl p-10" id="main" tabIndex={-1}>
        <h1 className="mb-4 font-semibold text-lg">{strings.crash}</h1>
        <Notice
          tone="failure"
          action={
            <Button size="small" onPress={() => this.setState({ error: null })}>
              {strings.crashRetry}
            </Button>
          }
        >
          <p>{strings.crashMore}</p>
          <p className="mt-1 font-mono text-muted text-xs">{error.message}</p>
        </Notice>
      </main>
    );
  }
}
