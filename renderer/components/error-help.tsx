import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorAddress } from '../app/guide-address.ts';
import { Loading } from './loading.tsx';

const Excerpt = lazy(async () => ({ default: (await import('../pages/guide/guide-excerpt.tsx')).GuideExcerpt }));

/**
 * The way to what the guide says about an error. Leaving a dialog would lose what was typed into it, so from there it is
 * shown over it.
 */
export function ErrorHelp({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        type="link"
        size="small"
        href={errorAddress(code)}
        onClick={(event) => {
          if (!event.currentTarget.closest('#overlays')) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {t('guide.about')}
      </Button>
      <Modal open={open} title={t('guide.about')} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <Suspense fallback={<Loading />}>
          <Excerpt code={code} />
        </Suspense>
      </Modal>
    </>
  );
}
