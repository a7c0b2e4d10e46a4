import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, QRCode } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { spinning } from '../../components/spinning.tsx';
import './link.css';
import { OrderError } from './order-error.tsx';
import { PlayCustomer } from './play-customer.tsx';
import { useOrder } from './use-order.ts';
import { useSavedPicture } from './use-saved-picture.ts';

type Link = NonNullable<Order['link']>;

/**
 * What the printer gets: black on white in both appearances, with the quiet edge that scanners look for. The code is
 * drawn three times as large as it is shown, for the picture and for paper.
 */
function Receipt({ account, order, link }: { readonly account: Account; readonly order: Order; readonly link: Link }) {
  const { t } = useTranslation();
  return (
    <section className="link-receipt" aria-label={t('orders.dialog.paper')}>
      <p className="receipt-name">{account.name}</p>
      <div className="receipt-code">
        <QRCode
          type="canvas"
          aria-label={t('orders.dialog.qr', { orderId: order.orderId })}
          value={link.url}
          size={792}
          marginSize={4}
          bordered={false}
          color="#000000"
          bgColor="#ffffff"
          errorLevel={link.url.length > 200 ? 'L' : 'M'}
        />
      </div>
      <dl>
        <dt>{t('orders.dialog.order')}</dt>
        <dd>{order.orderId}</dd>
        <dt>{t('orders.dialog.amount')}</dt>
        <dd>{formatYuan(order.moneyFen, { symbol: true })}</dd>
      </dl>
      <p className="receipt-what">{t('orders.dialog.scan')}</p>
    </section>
  );
}

function LinkLine({ link }: { readonly link: Link }) {
  const { t } = useTranslation();
  return (
    <div className="link-line">
      <h3>{t('orders.dialog.link')}</h3>
      <code className="link-address">{link.url}</code>
      <span className="link-tools">
        <CopyButton text={link.url} what={t('orders.dialog.link')} label={t('orders.dialog.copy')} />
        <span className="orders-quiet">
          {t('orders.dialog.obtained', { time: formatBeijingInstant(link.obtainedAt) })}
        </span>
      </span>
    </div>
  );
}

function WhatIsSeen({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  return (
    <div className="link-line">
      <h3>{t('orders.dialog.see')}</h3>
      <p className="lead">{t(`orders.dialog.seeKind.${order.kind}`)}</p>
    </div>
  );
}

/** A link that a mini program opens: nothing to scan. */
function MiniProgram({ link, appid }: { readonly link: Link; readonly appid: string }) {
  const { t } = useTranslation();
  const facts = [
    [t('orders.dialog.appid'), appid],
    [t('orders.dialog.path'), link.url],
  ] as const;
  return (
    <>
      <p className="lead">{t('orders.dialog.wxa')}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd>
              <code>{value}</code> <CopyButton text={value} what={name} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function ToScan({ account, order, link }: { readonly account: Account; readonly order: Order; readonly link: Link }) {
  const { t } = useTranslation();
  const paper = useRef<HTMLDivElement>(null);
  const picture = useSavedPicture(t('orders.dialog.pictureName', { orderId: order.orderId }));
  return (
    <div className="link-sides">
      <div ref={paper}>
        <Receipt account={account} order={order} link={link} />
      </div>
      <div className="link-words">
        <div className="link-tools">
          <Button icon={<PrinterOutlined aria-hidden="true" />} onClick={() => window.print()}>
            {t('orders.dialog.print')}
          </Button>
          <Button
            icon={<DownloadOutlined aria-hidden="true" />}
            loading={spinning(picture.busy)}
            onClick={() => void picture.save(paper.current?.querySelector('canvas') ?? null)}
          >
            {t('orders.dialog.savePicture')}
          </Button>
        </div>
        <p className="orders-good" role="status">
          {picture.saved !== undefined && t('orders.dialog.pictureSaved', picture.saved)}
        </p>
        {picture.undrawn && <Alert type="warning" showIcon title={t('orders.dialog.pictureFailed')} />}
        {picture.error && <ErrorNotice error={picture.error} onClose={picture.forget} />}
        <LinkLine link={link} />
        <WhatIsSeen order={order} />
        {account.kind === 'practice' && order.stage === 'waiting' && <PlayCustomer order={order} />}
      </div>
    </div>
  );
}

function LinkOf({ account, order }: { readonly account: Account; readonly order: Order }) {
  const { t } = useTranslation();
  const { link, error } = order;
  return (
    <>
      {error && !link && <OrderError error={error} />}
      {!link && <p className="lead">{t('orders.dialog.noLink')}</p>}
      {link && link.appid === null && <ToScan account={account} order={order} link={link} />}
      {link && link.appid !== null && (
        <>
          <MiniProgram link={link} appid={link.appid} />
          <WhatIsSeen order={order} />
        </>
      )}
    </>
  );
}

/** What a customer is given for an order: a QR code to scan, a link to send, a receipt to take along. */
export function LinkDialog(props: {
  readonly account: Account;
  readonly orderId: number | null;
  readonly onClose: () => void;
}) {
  const { account, orderId, onClose } = props;
  const { t } = useTranslation();
  const { order, error, readAgain } = useOrder(account.id, orderId);
  return (
    <Modal
      open={orderId !== null}
      title={t('orders.dialog.title')}
      onCancel={onClose}
      width={720}
      destroyOnHidden
      footer={<Button onClick={onClose}>{t('orders.dialog.close')}</Button>}
    >
      {error && <ErrorNotice error={error} actions={{ retry: readAgain }} />}
      {order === undefined && !error && <Loading />}
      {order && <LinkOf account={account} order={order} />}
    </Modal>
  );
}
