"""Models as small as their libraries allow, with random weights, saved as real ones are."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789',.!?- "


def tokenizer(folder: Path, *, eos: str = "</s>", pad: str = "<pad>", words: int = 400) -> None:
    """A byte-pair tokenizer that has learned a few lines."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.ByteLevel()
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=words, special_tokens=[pad, eos, "<unk>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )  # fmt: skip
    made.train_from_iterator(["a goose at the bank", "bodycam footage of a raccoon at night", SIGNS] * 4, trainer)
    made.post_processor = processors.TemplateProcessing(
        single=f"$A {eos}", special_tokens=[(eos, made.token_to_id(eos))]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token=pad, eos_token=eos, unk_token="<unk>", model_max_length=77
    )
    fast.save_pretrained(folder)


def codec(quantizers: int) -> Any:
    from transformers import EncodecConfig

    return EncodecConfig(
        target_bandwidths=[quantizers * 0.75], sampling_rate=24_000, codebook_size=1024, codebook_dim=8,
        hidden_size=8, num_filters=2, num_lstm_layers=1, num_residual_layers=1, use_causal_conv=True,
    )  # fmt: skip


def _tuned(codec: Any) -> None:
    """Give a codec's books something in them: they begin empty, and every code would sound the same."""
    for layer in codec.quantizer.layers:
        layer.codebook.embed.normal_()


def bark(folder: Path, *, presets: tuple[str, ...], tokens: int = 30) -> Path:
    """A Bark that says `tokens` / 50 seconds of noise whatever it is asked."""
    from transformers import BarkConfig, BarkModel
    from transformers.models.bark.configuration_bark import BarkCoarseConfig, BarkFineConfig, BarkSemanticConfig
    from transformers.models.bark.generation_configuration_bark import (
        BarkCoarseGenerationConfig,
        BarkFineGenerationConfig,
        BarkSemanticGenerationConfig,
    )

    torch.manual_seed(1)
    small = {"num_layers": 1, "num_heads": 2, "hidden_size": 8, "block_size": 1024}
    config = BarkConfig(
        semantic_config=BarkSemanticConfig(input_vocab_size=129_600, output_vocab_size=10_048, **small),
        coarse_acoustics_config=BarkCoarseConfig(input_vocab_size=12_096, output_vocab_size=12_096, **small),
        fine_acoustics_config=BarkFineConfig(
            input_vocab_size=1_056, output_vocab_size=1_056, n_codes_total=8, n_codes_given=1, **small
        ),
        codec_config=codec(8),
    )
    model = BarkModel(config)
    _tuned(model.codec_model)
    model.save_pretrained(folder)
    parts = {
        "semantic_config": BarkSemanticGenerationConfig(max_new_tokens=tokens, min_eos_p=None).to_dict(),
        "coarse_acoustics_config": BarkCoarseGenerationConfig().to_dict(),
        "fine_acoustics_config": BarkFineGenerationConfig().to_dict(),
    }
    # As the real one's: the file's parts are dictionaries.
    written = {"model_type": "bark", "sample_rate": 24_000, "codebook_size": 1024, **parts}
    (folder / "generation_config.json").write_text(json.dumps(written, default=str))
    tokenizer(folder)
    chance, named = np.random.default_rng(3), {}
    (folder / "speaker_embeddings" / "v2").mkdir(parents=True)
    for preset in presets:
        prompts = {
            "semantic_prompt": chance.integers(0, 10_000, 40),
            "coarse_prompt": chance.integers(0, 1024, (2, 60)),
            "fine_prompt": chance.integers(0, 1024, (8, 60)),
        }
        named[preset] = {}
        for part, values in prompts.items():
            file = f"speaker_embeddings/{preset}_{part}.npy"
            np.save(folder / file, values)
            named[preset][part] = file
    (folder / "speaker_embeddings_path.json").write_text(json.dumps({"repo_or_path": str(folder), **named}))
    return folder


def whisper(file: Path) -> Path:
    """A Whisper that hears gibberish."""
    from dataclasses import asdict

    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(2)
    dims = ModelDimensions(80, 1500, 32, 2, 1, 51865, 448, 32, 2, 1)
    model = Whisper(dims)
    # The library leaves these to whatever lay in memory, now and then no number at all.
    torch.nn.init.normal_(model.decoder.positional_embedding, std=0.02)
    torch.save({"dims": asdict(dims), "model_state_dict": model.state_dict()}, file)
    return file


def musicgen(folder: Path, *, melody: bool = False, stereo: bool = False) -> Path:
    """A MusicGen that plays noise; the melody one takes a tune."""
    from transformers import (
        MusicgenConfig,
        MusicgenDecoderConfig,
        MusicgenForConditionalGeneration,
        MusicgenMelodyConfig,
        MusicgenMelodyDecoderConfig,
        MusicgenMelodyForConditionalGeneration,
        T5Config,
    )

    torch.manual_seed(4)
    text = T5Config(vocab_size=400, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2)
    small = {
        "vocab_size": 1024, "hidden_size": 16, "ffn_dim": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "num_codebooks": 8 if stereo else 4, "audio_channels": 2 if stereo else 1, "bos_token_id": 1024,
        "pad_token_id": 1024,
    }  # fmt: skip
    sound = codec(4)
    if melody:
        made = MusicgenMelodyConfig(
            text_encoder=text, audio_encoder=sound, decoder=MusicgenMelodyDecoderConfig(**small),
            num_chroma=12, chroma_length=40,
        )  # fmt: skip
        model = MusicgenMelodyForConditionalGeneration(made)
    else:
        made = MusicgenConfig(text_encoder=text, audio_encoder=sound, decoder=MusicgenDecoderConfig(**small))
        model = MusicgenForConditionalGeneration(made)
    _tuned(model.audio_encoder)
    model.generation_config.decoder_start_token_id = 1024
    model.generation_config.pad_token_id = 1024
    model.generation_config.bos_token_id = 1024
    model.generation_config.do_sample = True
    model.generation_config.guidance_scale = 3.0
    model.save_pretrained(folder)
    tokenizer(folder)
    return folder
