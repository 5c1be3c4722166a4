import { Component, type ReactNode } from 'react';
import { NotLoaded } from '../../app/page-of';
import { NotLoadedYet } from './not-loaded';
import { Problem } from './problem';

type Props = { children: ReactNode; resetKey?: string };
type State = { error?: unknown; at?: string | undefined };

/** Keeps what broke to itself: the rest of the page goes on, and another address starts afresh. */
export class Boundary extends Component<Props, State> {
    override state: State = {};

    static getDerivedStateFromError(error: unknown): State {
        return { error };
    }

    static getDerivedStateFromProps(props: Props, state: State): State | null {
        return props.resetKey !== state.at ? { error: undefined, at: props.resetKey } : null;
    }

    override render(): ReactNode {
        const { error } = this.state;
        return error === undefined ? (
            this.props.children
        ) : (
            <div style={{ padding: '0 16px' }}>
                {error instanceof NotLoaded ? <NotLoadedYet /> : <Problem error={error} onRetry={() => this.setState({ error: undefined })} />}
            </div>
        );
    }
}
