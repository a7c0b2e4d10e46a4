import { FilePdfOutlined, FolderOpenOutlined, TableOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';

/** One of the two things a batch is made of: what it is, what was chosen, and the button to choose. */
export function SourcePicker(props: {
  readonly kind: 'table' | 'folder';
  readonly title: string;
  readonly hint: string;
  readonly name: string | undefined;
  readonly about: ReactNode;
  readonly choose: string;
  readonly onChoose: () => void;
}) {
  const { kind, title, hint, name, about, choose, onChoose } = props;
  const Icon = kind === 'table' ? TableOutlined : FilePdfOutlined;
  return (
    <section className={name ? 'batch-source is-filled' : 'batch-source'} aria-label={title}>
      <Icon className="batch-source-icon" aria-hidden="true" />
      <div className="batch-source-words">
        <h2>{title}</h2>
        <p className={name ? 'batch-source-name' : 'lead'} title={name}>
          {name ?? hint}
        </p>
        {about && <p className="batch-source-about">{about}</p>}
      </div>
      <Button icon={<FolderOpenOutlined aria-hidden="true" />} onClick={onChoose}>
        {choose}
      </Button>
    </section>
  );
}
