;; Says one line: (ten_four_say VOICE TEXT STRETCH WAVE). Prints `word NAME` and `sound NAME END`, words before their
;; sounds, each on a line of its own; END in seconds. STRETCH is 1 for the voice's own pace, 2 for half of it.

(define (ten_four_say voice text stretch wave)
  (eval (list (intern (string-append "voice_" voice))))
  (Parameter.set 'Duration_Stretch stretch)
  ;; HTS voices time their sounds themselves and take a speed instead.
  (if (string-equal (Parameter.get 'Synth_Method) "HTS")
      (set! hts_engine_params (append hts_engine_params (list (list "-r" (/ 1.0 stretch))))))
  (let ((utt (eval (list 'Utterance 'Text text))) (last nil))
    (utt.synth utt)
    (utt.save.wave utt wave 'riff)
    (mapcar
     (lambda (sound)
       (let ((word (item.feat sound "R:SylStructure.parent.parent.name"))
             (at (item.feat sound "R:SylStructure.parent.parent.word_start")))
         (if (and (not (string-equal word "0")) (not (equal? at last)))
             (begin (set! last at) (format t "word %s\n" word)))
         (format t "sound %s %f\n" (item.name sound) (item.feat sound "end"))))
     (utt.relation.items utt 'Segment))))
