import { describe, expect, it } from 'vitest';
import { FrameBatcher, type FrameSource } from './frame-batcher.ts';

class ManualFrames implements FrameSource {
  requests = 0;
  #callback: ((time: number) => void) | null = null;
  #onVisibility: () => void = () => undefined;

  request(callback: (time: number) => void): () => void {
    this.requests += 1;
    this.#callback = callback;
    return () => {
      this.#callback = null;
    };
  }
  onVisibilityChange(listener: () => void): void {
    this.#onVisibility = listener;
  }
  frame(): void {
    const callback = this.#callback;
    this.#callback = null;
    callback?.(0);
  }
  hide(): void {
    this.#onVisibility();
  }
}

describe('FrameBatcher', () => {
  it('runs the latest work of each key once in the next frame', () => {
    const frames = new ManualFrames();
    const batcher = new FrameBatcher(frames);
    const done: string[] = [];
    batcher.schedule('a', () => done.push('a1'));
    batcher.schedule('b', () => done.push('b1'));
    batcher.schedule('a', () => done.push('a2'));
    expect(done).toEqual([]);
    frames.frame();
    frames.frame();
    expect(done).toEqual(['a2', 'b1']);
    expect(frames.requests).toBe(1);
  });

  it('leaves to the next frame what is scheduled within one', () => {
    const frames = new ManualFrames();
    const batcher = new FrameBatcher(frames);
    const done: number[] = [];
    batcher.schedule('a', () => {
      done.push(1);
      batcher.schedule('a', () => done.push(2));
    });
    frames.frame();
    expect(done).toEqual([1]);
    frames.frame();
    expect(done).toEqual([1, 2]);
  });

  it('does in the same frame what follows from other work and has not had its turn', () => {
    const frames = new ManualFrames();
    const batcher = new FrameBatcher(frames);
    const done: string[] = [];
    batcher.schedule('store', () => {
      done.push('store');
      batcher.schedule('chart', () => done.push('chart'));
    });
    batcher.schedule('bars', () => {
      done.push('bars');
      batcher.schedule('chart', () => done.push('chart'));
    });
    frames.frame();
    expect(done).toEqual(['store', 'bars', 'chart']);
    expect(frames.requests).toBe(1);
  });

  it('asks for another kind of frame when the page is hidden with work to do', () => {
    const frames = new ManualFrames();
    const batcher = new FrameBatcher(frames);
    frames.hide();
    expect(frames.requests).toBe(0);
    batcher.schedule('a', () => undefined);
    frames.hide();
    expect(frames.requests).toBe(2);
  });

  it('lets one broken work cost the others nothing', () => {
    const frames = new ManualFrames();
    const batcher = new FrameBatcher(frames);
    const done: string[] = [];
    batcher.schedule('broken', () => {
      throw new Error('broken');
    });
    batcher.schedule('whole', () => done.push('whole'));
    batcher.schedule('gone', () => done.push('gone'));
    batcher.cancel('gone');
    expect(() => frames.frame()).toThrow('broken');
    frames.frame();
    expect(done).toEqual(['whole']);
  });
});
