import { Component, type ReactNode } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { FetchFailure } from './fetched.ts';

interface ErrorBoundaryProps {
  /** What is in here, for the sentence that stands in its place. */
  readonly name: string;
  /** Says it elsewhere: nothing stands in its place. */
  readonly onFailure?: (sentence: () => string) => void;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly failure: { readonly error: unknown } | null;
}

/** A defect in one part of the screen leaves the others standing. React itself reports it to the console. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { failure: { error } };
  }

  override componentDidCatch(error: unknown): void {
    const { name, onFailure } = this.props;
    onFailure?.(() => sentenceOf(error, name));
  }

  override render(): ReactNode {
    const { failure } = this.state;
    const { name, onFailure, children } = this.props;
    if (failure === null) return children;
    if (onFailure !== undefined) return null;
    const { error } = failure;
    return <EmptyState text={sentenceOf(error, name)} action={this.#wayOut(error)} />;
  }

  #wayOut(error: unknown): ReactNode {
    return error instanceof FetchFailure ? (
      <Button onClick={() => location.reload()}>{i18n.t('reload')}</Button>
    ) : (
      <Button onClick={() => this.setState({ failure: null })}>{i18n.t('tryAgain')}</Button>
    );
  }
}

const sentenceOf = (error: unknown, name: string): string =>
  i18n.t(error instanceof FetchFailure ? 'failedToFetch' : 'failedToDraw', { name });
