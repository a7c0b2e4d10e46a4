import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly broken: boolean;
}

/** The one class: React catches faults of its tree in classes only. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken onAgain={() => this.setState({ broken: false })} /> : this.props.children;
  }
}

function Broken({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <main className="start-failed" role="alert">
      <Result
        status="error"
        title={t('app.brokenTitle')}
        subTitle={t('app.brokenText')}
        extra={
          <Button type="primary" onClick={onAgain}>
            {t('app.brokenAgain')}
          </Button>
        }
      />
    </main>
  );
}
