"""What a Space's labels say in other tongues: the English word is set beside each word that we know, and each sign."""

import functools
import re
from collections.abc import Sequence

from tools.spaces.description import spelled

_LATIN: Sequence[tuple[str, str]] = (
    # Rates before pictures: “images par seconde” is no image.
    (r"\b(images|trames|imagenes|fotogramas|cuadros|quadros|bilder|fotogrammi|immagini) "
     r"(par|por|pro|al|a|je) (la )?(seconde|segundo|sekunde|secondo)\b|\b(i|img|im|b|f|ips) s\b"
     r"|\b(bildrate|bildfrequenz|fluidit\w+|fluidez|flussigkeit|cadence|cadencia)\b", "frames per second fps"),
    (r"\b(premiere|primera|primeira|prima|erstes|anfangs) ?(image|trame|imagen|imagem|bild|immagine|fotogramma)\b"
     r"|\b(startbild|anfangsbild|ausgangsbild)\b|\b(image|imagen|imagem|immagine) (de depart|initiale?|inicial"
     r"|iniziale)\b", "start image"),
    (r"\b(derniere|ultima|letztes) (image|trame|imagen|imagem|bild|immagine)\b|\b(endbild|schlussbild)\b"
     r"|\b(image|imagen|imagem|immagine) (finale?|de fin)\b", "last image"),
    (r"\b(nombre|numero|anzahl|quantidade) (d |de |di |der )?(images|trames|fotogramas|bilder|fotogrammi|quadros)\b"
     r"|\b(bildanzahl|einzelbilder|fotogramas|fotogrammi|quadros|trames)\b", "frames"),
    (r"\b(demi|medios?|halbe|mezzi|meios?) (secondes?|segundos?|sekunden?|secondi)\b|\bhalbsekunden?\b",
     "half seconds"),
    (r"\b(dixiemes|decimas|zehntel|decimi|decimos) ?(de |di )?(secondes?|segundos?|sekunden?|secondi)\b"
     r"|\bzehntelsekunden?\b", "tenths of a second"),
    (r"\b(millisecondes|milisegundos|millisekunden|millisecondi|milissegundos)\b", "milliseconds"),
    (r"\b(secondes?|segundos?|sekunden?|secondi|secondo)\b", "seconds"),
    (r"\b(minuten|minutos|minuti)\b", "minutes"),
    (r"\b(numero|nombre|nummer) (de la |de |della )?(suerte|chance|sorte|fortuna)\b|\bnumero fortunato\b"
     r"|\bgluckszahl\b|\bporte bonheur\b", "lucky number"),
    (r"\b(combien de temps|wie lang\w*|cuanto (dura|tiempo)|quanto (dura|tempo))\b", "how long"),
    (r"\b(duree|duracion|durata|duracao|dauer|videodauer|spieldauer|cuanto dura)\b", "duration"),
    (r"\b(longueur|longitud|lunghezza|comprimento|lange|videolange|laenge)\b", "length"),
    (r"\b(fixer|fixee?|figer|garder|conserver|fijar|mantener|fixieren|festhalten|beibehalten|behalten|fissare|mantieni"
     r"|mantenere|fixar|manter)\b", "fix"),
    (r"\b(graines?|semillas?|semente|startwert|zufallswert|zufallszahl|saatwert|saat|seme|semi casuali)\b", "seed"),
    (r"\b(aleatoires?|aleatori[aoe]s?|zufallig\w*|zufall\w*|casual[ei]|hasard|azar|al? caso)\b", "random"),
    (r"\b(a eviter|eviter|evitar|vermeiden|evitare|unerwunscht\w*|indesirable\w*|no deseado\w*|indesiderat\w+"
     r"|indesejad\w+|negati[fv]\w*)\b|^(sans|sin|senza|sem|ohne)\b|\b(was )?nicht (zu sehen|vorkommen|passieren)\b"
     r"|\b(nicht|no quiero|non vuoi|non voglio|ne (pas|doit pas|veux pas)|nao quer\w*|was nicht)\b", "avoid negative"),
    (r"\b(decri\w+|describ\w+|descripcion|beschreib\w+|descriv\w+|descrev\w+|descrizione|descricao|consigne|invite"
     r"|indicacion\w*|anweisung|eingabe\w*|imagin\w+)\b", "describe prompt"),
    (r"\b(que se passe t il|was (soll )?passier\w*|que (pasa|sucede|acontece)|cosa (succede|accade))\b",
     "what happens"),
    (r"\b(scenes?|escenas?|szenen?|scena|cena|handlung)\b", "scene"),
    (r"\b(largeur|ancho|anchura|breite|larghezza|largura)\b", "width"),
    (r"\b(hauteur|altura|altezza|hohe|hoehe|alto)\b", "height"),
    (r"\b(taille|tamano|grosse|groesse|dimensione|dimensioni|tamanho|auflosung|aufloesung|resoluci\w+|risoluzione"
     r"|resoluc\w+|definition|formato|seitenverhaltnis|bildformat|proporc\w+|rapport|ausrichtung|orientacion)\b",
     "size"),
    (r"\b(etapes|pasos|schritte|passi|passos|iterationen|iteraciones)\b", "steps"),
    (r"\b(guidage|fidelit\w+|fuhrung|fuehrung|guida|orientacao|texttreue|prompttreue|fidelidad\w*)\b", "guidance"),
    (r"\b(imagen|imagem|bild|immagine|foto)\b", "image"),
    (r"\b(voix|voz|stimmen?|voce|voci|locuteur|locutrice|locutor\w*|hablante|sprecher\w*|parlante|falante)\b", "voice"),
    (r"\b(vitesse|velocidad|velocidade|velocita|geschwindigkeit|sprechtempo|debit)\b", "speed"),
    (r"\b(langues?|idiomas?|sprache|lingua)\b", "language"),
    (r"\b(textes?|textos?|testo|satz|phrase|frase)\b", "text"),
    (r"\b(paroles|letra|liedtext|testo della canzone)\b", "lyrics"),
    (r"\b(etiquettes|etiquetas|etichette|schlagworte|stichworte|stilrichtung)\b", "tags"),
    (r"\b(court|courte|corto|corta|kurz|breve|curto)\b", "short"),
    (r"\b(moyen|moyenne|medio|media|mittel)\b", "medium"),
    (r"\b(longue?|largo|larga|lang|lungo|lunga|longo)\b", "long"),
    (r"\b(paysage|apaisado|horizontal|querformat|orizzontale|paisagem|paisaje)\b", "landscape"),
    (r"\b(vertical|retrato|hochformat|verticale|ritratto)\b", "portrait"),
    (r"\b(carre|cuadrado|quadrat\w*|quadrado)\b", "square"),
)  # fmt: skip
"""Accents are gone and all is lower case where these are looked for: French, Spanish, German, Italian, Portuguese."""

_OTHERS: Sequence[tuple[str, str]] = (
    # Chinese, then Japanese, Korean and Russian; what is longer before what is a part of it.
    (r"帧率|幀率|每秒帧数|每秒幀數|フレームレート|毎秒フレーム|프레임 ?(속도|레이트)|초당 ?프레임"
     r"|кадр\w* в секунду|частот\w* кадров",
     "frames per second fps"),
    (r"首帧|首幀|起始帧|起始图\w?|开始帧|第一帧|初始图\w?|最初の(フレーム|画像)|開始(フレーム|画像)"
     r"|(첫|시작) ?(프레임|이미지)"
     r"|(перв\w+|начальн\w+) (кадр|изображени\w+)", "start image"),
    (r"尾帧|尾幀|末帧|结束帧|最後の(フレーム|画像)|終了(フレーム|画像)|(마지막|끝) ?(프레임|이미지)"
     r"|(последн|конечн)\w+ (кадр|изображени\w+)",
     "last image"),
    (r"负面\w*提示词?|負面提示詞?|反向提示词?|负向提示词?|负面|負面|负向|反向|避免|排除|不想要?|不要\w*|不希望|ネガティブ(プロンプト)?|除外\w*|避け\w*"
     r"|(부정|네거티브) ?(프롬프트)?|제외|피할|негатив\w*|избег\w*|не (должно|нужно|хочу|надо)"
     r"|исключ\w*|нежелат\w*", "avoid negative"),
    (r"提示词|提示詞|描述|指令|プロンプト|説明|描写|指示|프롬프트|설명|묘사"
     r"|промпт\w*|запрос\w*|опис\w+|опиши\w*", "describe prompt"),
    (r"场景|場景|シーン|場面|장면|сцен\w*", "scene"),
    (r"固定|锁定|鎖定|保持|고정|유지|фиксир\w*|зафиксир\w*|закреп\w*", "fix"),
    (r"随机|隨機|ランダム|無作為|무작위|랜덤|случайн\w*", "random"),
    (r"幸运数字?|幸運數字|ラッキーナンバー|행운\w*|счастлив\w+ число", "lucky number"),
    (r"种子|種子|シード|乱数|시드|зерно|сид(а|ом)?\b", "seed"),
    (r"毫秒|ミリ秒|밀리초|миллисекунд\w*|\bмс\b", "milliseconds"),
    (r"半秒|0\.5秒|полсекунд\w*", "half seconds"),
    (r"分钟|分鐘|\(분\)|минут\w*", "minutes"),
    (r"秒数|秒數|秒|\(초\)|초 ?단위|секунд\w*|\bсек\b", "seconds"),
    (r"时长|時長|持续时间|再生時間|時間|재생 ?시간|длительност\w*|продолжительност\w*", "duration"),
    (r"帧数|幀數|帧|フレーム数|フレーム|프레임 ?수?|кадр\w*", "frames"),
    (r"宽高比|寬高比|长宽比|画面比例|画幅|画面の?向き|画面方向|방향|ориентаци\w*|比例|分辨率|解析度|尺寸|大小|解像度|サイズ|アスペクト比?|縦横比"
     r"|해상도|크기|(화면 ?)?비율"
     r"|разрешени\w*|размер\w*|соотношени\w* сторон|формат", "size"),
    (r"长度|長度|長さ|길이|длин\w*", "length"),
    (r"宽度|寬度|宽|寬|横幅|(?<!\w)幅(?!\w)|너비|가로|ширин\w*", "width"),
    (r"高度|高さ|높이|세로|высот\w*", "height"),
    (r"步数|步數|ステップ数?|스텝( ?수)?|단계|шаг(и|ов|а)?\b", "steps"),
    (r"引导\w*|引導\w*|ガイダンス\w*|가이던스|следовани\w*", "guidance"),
    (r"语速|語速|速度|話速|スピード|속도|빠르기|скорост\w*|темп\b", "speed"),
    (r"语言|語言|言語|언어|язык\w*", "language"),
    (r"歌词|歌詞|가사|текст песни", "lyrics"),
    (r"标签|標籤|タグ|태그|тег(и|ов)?\b", "tags"),
    (r"图片|圖片|图像|圖像|照片|图|画像|写真|이미지|사진|그림|изображени\w*|картинк\w*|фото\w*", "image"),
    (r"视频|視頻|動画|ビデオ|영상|비디오|동영상|видео", "video"),
    (r"音频|音頻|音声ファイル|오디오|аудио", "audio"),
    (r"参考|參考|参照|참조|참고|образец", "reference"),
    (r"声音|聲音|音色|语音|說話人|说话人|声|ボイス|話者|목소리|음성|화자|голос\w*|диктор\w*", "voice"),
    (r"文本|文字|文案|テキスト|文章|台詞|セリフ|텍스트|문장|대사|текст\w*", "text"),
    (r"横屏|横版|横向き|横長?|가로형|альбомн\w*|горизонтальн\w*", "landscape"),
    (r"竖屏|竖版|縦向き|[竖縦豎]長?|세로형|портретн\w*|вертикальн\w*", "portrait"),
    (r"方形|正方形|정사각형|квадрат\w*", "square"),
    (r"短|짧\w*|коротк\w*", "short"),
    (r"中等|中|중간|보통|средн\w*", "medium"),
    (r"长|長|긴|длинн\w*", "long"),
)  # fmt: skip

_SIGNS = {
    "📝": "text", "💬": "text", "✍": "text", "✏": "text", "🖊": "text", "🖋": "text", "💭": "text", "🗨": "text",
    "🎲": "seed dice", "🌱": "seed", "🔀": "random", "🍀": "seed",
    "⏱": "duration", "⏳": "duration", "⌛": "duration", "⏰": "duration", "⏲": "duration", "🕐": "duration",
    "🚫": "avoid", "⛔": "avoid", "❌": "avoid", "🙅": "avoid", "👎": "avoid", "🛑": "avoid", "➖": "avoid",
    "✅": "positive", "👍": "positive", "➕": "positive",
    "🖼": "image", "📷": "image", "📸": "image", "🏞": "image", "🌄": "image",
    "🎙": "voice", "🗣": "voice", "👤": "voice", "🧑": "voice", "🎤": "voice",
    "⏩": "speed", "🏃": "speed", "🐇": "speed", "🚀": "", "📐": "size", "📏": "size", "🖥": "size", "📱": "portrait",
    "↔": "width", "↕": "height", "👣": "steps", "🪜": "steps", "🔁": "", "🎞": "frames", "🌐": "language",
    "🌍": "language", "🧭": "guidance", "🎵": "music", "🎶": "music", "📼": "clip", "🎥": "clip", "📹": "clip",
}  # fmt: skip
"""What a sign alone stands for; a sign beside words is mostly there for its looks, but seldom says something else."""


@functools.cache
def understood(text: str) -> str:
    """Return a name or label as words, lower case and without accents, with the English word for what is foreign.

    English text is only spelled (`numFrames_2` → `num frames 2`); `Durée` becomes `duree duration`.
    """
    words = spelled(text)
    folded = _folded(words)
    added = [*_english(folded, _LATIN, " "), *_english(words, _OTHERS, " ") * (not words.isascii()), *_of_signs(text)]
    # What a label says in its own words comes first, and nothing is said twice.
    return " ".join(dict.fromkeys(part for part in (folded, *added) if part))


def _english(text: str, table: Sequence[tuple[str, str]], gap: str) -> list[str]:
    """Return the English words for what a table knows; what was understood once is not read again."""
    found: list[str] = []
    for pattern, english in table:
        rest = re.sub(pattern, gap, text)
        if rest != text:
            found.append(english)
            text = rest
    return found


def _folded(text: str) -> str:
    """Return text without the accents of Latin letters; other scripts stay as they are."""
    if text.isascii():
        return text
    from anyascii import anyascii

    return "".join(_plain_letter(letter, anyascii(letter)) for letter in text)


def _plain_letter(letter: str, ascii_letter: str) -> str:
    return ascii_letter.lower() if "\u00c0" <= letter <= "\u024f" and ascii_letter else letter


def _of_signs(text: str) -> list[str]:
    return [english for letter in dict.fromkeys(text) if (english := _SIGNS.get(letter))]
