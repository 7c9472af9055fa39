import { Component, type ReactNode } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

interface ErrorBoundaryProps {
  /** What is in here, for the sentence that stands in its place. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A defect in one panel leaves the others standing. React itself reports it to the console. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <EmptyState
        text={i18n.t('failedToDraw', { name: this.props.name })}
        action={
          <Button onClick={() => this.setState({ hasFailed: false })}>{i18n.t('tryAgain')}</Button>
        }
      />
    );
  }
}
