// A table is brought to the workspace: what it would do is looked through, on a large screen and on a phone, and only then stored.
import * as browser from "./browser.mjs";
import { accessibility, geometry } from "./checks.mjs";
import { mail, ready, signIn } from "./people.mjs";

const table = "Tên doanh nghiệp;Mã số thuế;Ngày thành lập;Doanh thu;Số lao động;Website\nCông ty CP Gốm Lái;9900000016;;1,25 tỷ;12;\nLỗi Mã;9900000017;;;;\n";
const figures = 'startup,period,kpi,value\n9900000016,2024,revenue,"1,1 tỷ"\nKhông Có,2024,revenue,5\n';

/** @param {import("./run.mjs").Kit} kit */
export default async function imports({ test, browser: chromium, url, demo }) {
  if (!demo) return;
  /** @param {390 | 1280} width */
  const at = async (width) => {
    const page = await (await browser.open(chromium, { width, lang: "vi", theme: "light" })).newPage();
    await signIn(page, url, mail("staff"));
    await page.goto(`${url}/app/imports`);
    await ready(page);
    return page;
  };
  /** @param {import("playwright-core").Page} page @param {string} name @param {string} text */
  const choose = (page, name, text) => page.setInputFiles("input[type=file]", { name, mimeType: "text/csv", buffer: Buffer.from(text) });
  /** @param {import("playwright-core").Page} page @param {string} text */
  const shows = (page, text) => page.getByText(text, { exact: false }).first().waitFor();

  await test("a table is looked through before it is stored, and its faulty row stays out", async () => {
    const page = await at(1280);
    await choose(page, "doanh-nghiep.csv", table);
    await shows(page, "1 cập nhật");
    await shows(page, "chữ số kiểm tra không khớp");
    await shows(page, "1.250.000.000");
    const wrong = [...(await accessibility(page)), ...(await geometry(page, 1280))];
    await page.getByRole("button", { name: "Ghi 1 thay đổi" }).click();
    await shows(page, "Đã ghi 1 thay đổi.");
    await choose(page, "doanh-nghiep.csv", table);
    await shows(page, "1 không đổi");
    await choose(page, "mau.csv", "name,Màu\nA,đỏ\n");
    await shows(page, "Không rõ cột thứ 2, “Màu”");
    await page.context().close();
    return wrong;
  });
  await test("figures of the past come in by a phone, and everything goes out as a table", async () => {
    const page = await at(390);
    await page.getByRole("button", { name: "Số liệu các kỳ" }).click();
    await choose(page, "so-lieu.csv", figures);
    await shows(page, "1 mới");
    const wrong = [...(await accessibility(page)), ...(await geometry(page, 390))];
    await page.getByRole("button", { name: "Ghi 1 thay đổi" }).click();
    await shows(page, "Đã ghi 1 thay đổi.");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV", exact: true }).click()]);
    const name = file.suggestedFilename();
    await page.context().close();
    return [...wrong, ...(name === "readings.csv" ? [] : [name])];
  });
}
