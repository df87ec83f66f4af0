"""Many documents give the same claims on one process and on two, in the order of the documents."""

from zubda.corpus import extract_all
from zubda.documents import read_document
from zubda.theatres import load_theatre


def test_two_processes_give_what_one_gives() -> None:
    texts = [
        f"# {year}年\n\n{year}年7月{day}日，政府军炮击了萨拉哈丁。".encode()
        for year in (2012, 2013)
        for day in (1, 2, 3)
    ]
    documents = [read_document(text, origin=f"{number}.md") for number, text in enumerate(texts)]
    theatre = load_theatre("syria")
    alone = list(extract_all(documents, theatre, 1))
    assert [len(found.claims) for found in alone] == [1] * 6
    assert list(extract_all(documents, theatre, 2)) == alone


def test_no_documents_give_nothing() -> None:
    assert list(extract_all([], None)) == []
