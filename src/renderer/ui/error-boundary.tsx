import { Component, type ReactNode } from 'react';
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
        text={`${this.props.name} failed to draw.`}
        action={<Button onClick={() => this.setState({ hasFailed: false })}>Try again</Button>}
      />
    );
  }
}
