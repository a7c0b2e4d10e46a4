import { Button, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageLicence } from '../../../shared/contract/licence-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { spinning } from '../../components/spinning.tsx';

function LicenceText({ chosen, onClose }: { readonly chosen: PackageLicence; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { name, version } = chosen;
  const { data, error, refetch } = useOperation('app.licenceText', { name, version });
  const title = t('about.licences.textName', { name });
  return (
    <Modal
      open
      width={720}
      title={title}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('about.licences.close')}</Button>}
    >
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data && (
        <section
          className="log-tail"
          aria-label={title}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
          tabIndex={0}
        >
          <pre>{data.text}</pre>
        </section>
      )}
    </Modal>
  );
}

function LicenceTable({ packages }: { readonly packages: readonly PackageLicence[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<PackageLicence>();
  return (
    <>
      <Table<PackageLicence>
        size="small"
        rowKey={({ name, version }) => `${name}@${version}`}
        dataSource={packages}
        pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          { title: t('about.licences.name'), dataIndex: 'name' },
          { title: t('about.licences.version'), dataIndex: 'version' },
          { title: t('about.licences.licence'), dataIndex: 'licence' },
          {
            title: t('about.licences.original'),
            key: 'read',
            render: (_, one) => (
              <Button
                size="small"
                aria-label={t('about.licences.readName', { name: one.name })}
                onClick={() => setChosen(one)}
              >
                {t('about.licences.read')}
              </Button>
            ),
          },
        ]}
      />
      {chosen && <LicenceText chosen={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

/** What the program is made with; its list is long, so it is shown to those who ask for it. */
export function LicencesPanel() {
  const { t } = useTranslation();
  const step = useStep();
  const [packages, setPackages] = useState<readonly PackageLicence[]>();
  const show = async () => {
    const answer = await step.run('app.licences', {});
    if (answer) setPackages(answer.packages);
  };
  return (
    <section className="settings-panel" aria-labelledby="settings-licences">
      <div className="settings-head">
        <h2 id="settings-licences">{t('about.licences.title')}</h2>
        {!packages && (
          <Button loading={spinning(step.busy)} onClick={() => void show()}>
            {t('about.licences.show')}
          </Button>
        )}
      </div>
      <p className="lead">{t('about.licences.text')}</p>
      {step.error && <ErrorNotice error={step.error} actions={{ retry: () => void show() }} />}
      {packages?.length === 0 && <p className="lead">{t('about.licences.none')}</p>}
      {packages !== undefined && packages.length > 0 && <LicenceTable packages={packages} />}
    </section>
  );
}
