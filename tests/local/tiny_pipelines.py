"""Pipelines of diffusers with random weights, as small as they go, saved as real ones are."""

from pathlib import Path
from typing import Any

import diffusers
import torch

from tests.local.tiny_models import tokenizer


def _reader(folder: Path) -> Any:
    from transformers import AutoTokenizer

    tokenizer(folder / "reading")
    return AutoTokenizer.from_pretrained(folder / "reading")


def _t5(folder: Path, *, multilingual: bool = False) -> dict[str, Any]:
    from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

    torch.manual_seed(5)
    small = {"vocab_size": 400, "d_model": 32, "d_kv": 8, "d_ff": 16, "num_layers": 1, "num_heads": 2}
    kind, config = (UMT5EncoderModel, UMT5Config) if multilingual else (T5EncoderModel, T5Config)
    return {"text_encoder": kind(config(**small)).eval(), "tokenizer": _reader(folder)}


def wan(folder: Path, *, image: bool = False) -> Path:
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

    torch.manual_seed(6)
    parts = _t5(folder, multilingual=True) | {
        "vae": diffusers.AutoencoderKLWan(
            base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
        ),
        "scheduler": diffusers.FlowMatchEulerDiscreteScheduler(shift=7.0),
        "transformer": diffusers.WanTransformer3DModel(
            patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=36 if image else 16,
            out_channels=16, text_dim=32, freq_dim=64, ffn_dim=32, num_layers=1, cross_attn_norm=True,
            qk_norm="rms_norm_across_heads", rope_max_seq_len=32, **({"image_dim": 4} if image else {}),
        ),
    }  # fmt: skip
    if image:
        eyes = CLIPVisionConfig(
            hidden_size=4, projection_dim=4, num_hidden_layers=2, num_attention_heads=2, image_size=32,
            intermediate_size=16, patch_size=1,
        )  # fmt: skip
        parts["image_encoder"] = CLIPVisionModelWithProjection(eyes)
        parts["image_processor"] = CLIPImageProcessor(crop_size=32, size=32)
    kind = diffusers.WanImageToVideoPipeline if image else diffusers.WanPipeline
    kind(**parts).save_pretrained(folder)
    return folder


def ltx(folder: Path) -> Path:
    torch.manual_seed(7)
    four, five = (8, 8, 8, 8), (1, 1, 1, 1, 1)
    scaled = (True, True, False, False)
    parts = _t5(folder) | {
        "vae": diffusers.AutoencoderKLLTXVideo(
            in_channels=3, out_channels=3, latent_channels=8, block_out_channels=four, decoder_block_out_channels=four,
            layers_per_block=five, decoder_layers_per_block=five, spatio_temporal_scaling=scaled,
            decoder_spatio_temporal_scaling=scaled, decoder_inject_noise=(False,) * 5, upsample_residual=(False,) * 4,
            upsample_factor=(1, 1, 1, 1), timestep_conditioning=False, patch_size=1, patch_size_t=1,
            encoder_causal=True, decoder_causal=False,
        ),
        "scheduler": diffusers.FlowMatchEulerDiscreteScheduler(),
        "transformer": diffusers.LTXVideoTransformer3DModel(
            in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4, attention_head_dim=8,
            cross_attention_dim=32, num_layers=1, caption_channels=32,
        ),
    }  # fmt: skip
    diffusers.LTXPipeline(**parts).save_pretrained(folder)
    return folder


def cogvideox(folder: Path) -> Path:
    torch.manual_seed(8)
    parts = _t5(folder) | {
        "vae": diffusers.AutoencoderKLCogVideoX(
            in_channels=3, out_channels=3, down_block_types=("CogVideoXDownBlock3D",) * 4,
            up_block_types=("CogVideoXUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), latent_channels=4,
            layers_per_block=1, norm_num_groups=2, temporal_compression_ratio=4,
        ),
        "scheduler": diffusers.CogVideoXDDIMScheduler(),
        "transformer": diffusers.CogVideoXTransformer3DModel(
            num_attention_heads=4, attention_head_dim=8, in_channels=4, out_channels=4, time_embed_dim=2,
            text_embed_dim=32, num_layers=1, sample_width=8, sample_height=4, sample_frames=9, patch_size=2,
            temporal_compression_ratio=4, max_text_seq_length=226,
        ),
    }  # fmt: skip
    diffusers.CogVideoXPipeline(**parts).save_pretrained(folder)
    return folder


def zeroscope(folder: Path) -> Path:
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(9)
    text = CLIPTextConfig(
        vocab_size=400, hidden_size=4, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=77, projection_dim=4, bos_token_id=0, eos_token_id=1, pad_token_id=0,
    )  # fmt: skip
    parts = {
        "tokenizer": _reader(folder),
        "text_encoder": CLIPTextModel(text),
        "vae": diffusers.AutoencoderKL(
            block_out_channels=(8, 8), in_channels=3, out_channels=3, down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, sample_size=32, norm_num_groups=2,
        ),
        "unet": diffusers.UNet3DConditionModel(
            block_out_channels=(8, 8), layers_per_block=1, sample_size=32, in_channels=4, out_channels=4,
            down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"),
            up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"), cross_attention_dim=4, attention_head_dim=4,
            norm_num_groups=2,
        ),
        "scheduler": diffusers.DDIMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False, set_alpha_to_one=False
        ),
    }  # fmt: skip
    diffusers.TextToVideoSDPipeline(**parts).save_pretrained(folder)
    return folder
