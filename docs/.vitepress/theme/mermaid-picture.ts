import { useData } from 'vitepress';
import { computed, defineComponent, h, onMounted, ref, useId, type VNode, watch } from 'vue';

import { drawPicture } from './draw-picture.js';

type State = 'text' | 'drawing' | 'drawn' | 'failed';

/**
 * A picture written as text. The page holds the text, for readers and search engines without script, and shows it where
 * Mermaid fails. Drawn, it is one image to a screen reader: the title and the description that the text gives it.
 */
export const MermaidPicture = defineComponent({
  props: { code: { type: String, required: true } },
  setup(props) {
    const { isDark } = useData();
    const id = `picture-${useId().replaceAll(/\W/g, '-')}`;
    const text = computed(() => decodeURIComponent(props.code));
    const state = ref<State>('text');
    const svg = ref('');

    async function draw(): Promise<void> {
      try {
        svg.value = await drawPicture(id, text.value, isDark.value);
        state.value = 'drawn';
      } catch (error) {
        console.error(error);
        state.value = 'failed';
      }
    }

    onMounted(() => {
      state.value = 'drawing';
      void draw();
    });
    watch([isDark, text], draw);

    return () => (state.value === 'drawn' ? drawn(text.value, svg.value) : written(text.value, state.value));
  },
});

/** Takes the keyboard's focus, as it may be wider than a phone and scrolls inside itself. */
function drawn(text: string, svg: string): VNode {
  return h('div', { class: 'picture', role: 'img', tabindex: 0, 'aria-label': nameOf(text), innerHTML: svg });
}

function written(text: string, state: State): VNode {
  return h('pre', { class: ['picture', `picture-${state}`], tabindex: 0 }, h('code', text));
}

function nameOf(text: string): string {
  const title = /^\s*accTitle: *(.+)$/m.exec(text)?.[1] ?? 'A diagram';
  const description = /^\s*accDescr(?:: *(.+)$| *\{([^}]*)\})/m.exec(text);
  return [title, description?.[1] ?? description?.[2] ?? '']
    .map((part) => part.trim().replaceAll(/\s+/g, ' '))
    .join('. ');
}
