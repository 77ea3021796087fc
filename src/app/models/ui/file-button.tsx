import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { useModelsActions } from '../models-hooks.tsx';

/** A checkpoint of one file; a VAE or text encoder that belongs to it can be chosen with it. */
export function FileButton() {
  const input = useRef<HTMLInputElement>(null);
  const { findInFolder } = useModelsActions();
  const { models } = useWords();
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].map((file) => ({ file, path: file.name }));
    const [first] = files;
    if (first) void findInFolder(first.path, files);
  };
  return (
    <>
      <button type="button" className="button outline" onClick={() => input.current?.click()}>
        <FileUp size={16} aria-hidden />
        {models.fromFile}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={models.file}
        // Phones know no such types, and would offer nothing.
        accept={matchMedia('(pointer: coarse)').matches ? undefined : '.safetensors,.ckpt,.pt,.pth,.bin'}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}
