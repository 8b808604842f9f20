"""What was spoken, with its times: WebVTT, SubRip, and plain transcripts with timecodes."""
